"""The change of a tie shared out among third parties: an account with its rows, not proof of cause."""

from comity.factors.account import Account
from comity.factors.attribute import attribute
from comity.factors.choosing import fit_coefficients
from comity.factors.coefficients import Coefficients
from comity.factors.factor import Factor
from comity.factors.panel_curve import NOT_CAUSE, PanelAnswer, PanelChoice, PanelPlacebo, ask_panel
from comity.factors.panel_regression import PanelEffect, PanelFit
from comity.factors.period import Period
from comity.factors.shipped import shipped_coefficients

__all__ = [
    "NOT_CAUSE",
    "Account",
    "Coefficients",
    "Factor",
    "PanelAnswer",
    "PanelChoice",
    "PanelEffect",
    "PanelFit",
    "PanelPlacebo",
    "Period",
    "ask_panel",
    "attribute",
    "fit_coefficients",
    "shipped_coefficients",
]
