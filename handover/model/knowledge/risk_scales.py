"""The scales of loss risk as a site words them: what each grade of leaving and of position means, and the bands.

The scales and bands that are shipped follow TVA's method as adopted by the IAEA (STI/PUB/1248): total = attrition risk
factor x position risk factor, 1 to 25. A site changes words and bounds as it changes any list.
"""

from __future__ import annotations

from handover.i18n import N_
from handover.model.picks.pick import PickList

#: An entry's code is the least score of its band.
LOSS_BAND = PickList("loss_band", N_("Bands of loss risk"))
#: An entry's code is the grade, 1 to 5.
ATTRITION_SCALE = PickList("attrition_scale", N_("Scale of the risk of leaving"))
POSITION_SCALE = PickList("position_scale", N_("Scale of the position risk"))
SCALES = (LOSS_BAND, ATTRITION_SCALE, POSITION_SCALE)
