"""The change of a tie shared out among third parties: an account with its rows, not proof of cause."""

from comity.factors.account import Account
from comity.factors.attribute import attribute
from comity.factors.choosing import fit_coefficients
from comity.factors.coefficients import Coefficients
from comity.factors.factor import Factor
from comity.factors.period import Period
from comity.factors.shipped import shipped_coefficients

__all__ = [
    "Account",
    "Coefficients",
    "Factor",
    "Period",
    "attribute",
    "fit_coefficients",
    "shipped_coefficients",
]
