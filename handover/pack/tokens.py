"""The colours that the tokens of drawings and charts have on paper and in workbooks, which are always light."""

from __future__ import annotations

TOKENS = {
    "surface": "#FFFFFF",
    "raised": "#FFFFFF",
    "sunken": "#F1F3F5",
    "line": "#D5DADE",
    "border": "#868F96",
    "text": "#1F2933",
    "secondary": "#55606A",
    "accent": "#0B6E75",
    "on_accent": "#FFFFFF",
    "ok": "#0B5F8A",
    "warning": "#855100",
    "danger": "#B0330C",
    "info": "#4B4FA6",
    "neutral": "#55606A",
    "ok_soft": "#E3F1F8",
    "warning_soft": "#FCF1DA",
    "danger_soft": "#FCE6DC",
    "info_soft": "#EAEAFA",
    "neutral_soft": "#EDF0F2",
}
