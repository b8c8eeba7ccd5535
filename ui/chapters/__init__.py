"""What single chapters have of their own in the window, one module each, named by the chapter's key.

A module may have ``tabs(context, register)``, which gives the tabs beside the fields of a row, each with its title,
and ``page(context, key)``, which makes the page of a key that the chapter declares. ``ui.shell.own_code`` finds it.
"""
