"""Sharing the change of a tie out among third parties."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any, Final

from comity.factors.account import INSTANT, LONG_RUN, Account
from comity.factors.asked import Asked
from comity.factors.change import work_out
from comity.factors.choosing import choose_coefficients
from comity.factors.coefficients import Coefficients
from comity.factors.factor import Simulated
from comity.factors.instant import SHOWN_EVENTS, instant_parts
from comity.factors.long_run import RATES, RUNS, Told, run_worlds
from comity.factors.period import Period
from comity.factors.uncertainty import DRAWS
from comity.model import set_aside
from comity.provenance import UsageError

ACCOUNTS: Final = (INSTANT, LONG_RUN)
SIMULATED: Final = 3  # third parties of a long-run account, if none are named
FEWEST_RUNS: Final = 5  # the scatter of fewer worlds says little
LONG_RUN_NOTE: Final = (
    "a long-run part is what would be missing had the third party's ties with everybody stayed at their mean"
    " of the period before; parts of several third parties overlap, which 'overlap' takes off again; own"
    " history is all that is left: the two's own momentum, chance, and everybody else"
)


def attribute(
    events: Any,
    pair: tuple[str, str],
    *,
    before: Period,
    after: Period,
    third: Sequence[str] = (),
    outcome: str = "rate",
    kind: str | None = None,
    coefficients: Coefficients | None = None,
    half_life_days: float = 30.0,
    starts: Sequence[date] = (),
    account: str = INSTANT,
    runs: int = RUNS,
    seed: int = 1,
    shown_events: int = SHOWN_EVENTS,
    told: Told | None = None,
) -> Account:
    """Share the change of a pair's value between two periods out among third parties.

    The value is the mean over a period's mornings, and over both directions, of what the model says of the
    pair. Parts add up to the change: acts between the two, each third party, eras, covariates, rounding and
    the system (what all other pairs do). The instant account is exact; the long-run account simulates what
    would have come of the pair had a third party's ties stayed as they were. Neither is proof of cause.

    Parameters
    ----------
    events : `Events`, or a frame with sender, receiver, date and weight
    pair : ids of two actors
    third : ids of third parties to list first, with acts or without; all others with acts follow. Where
        coefficients are fitted to the events, these get their part with coefficients of their own, too
    outcome : "rate" or "rate:cooperation", "rate:conflict", or "type"
    kind : "talk", "institutions" or "deeds": only acts of this kind
    coefficients : by default fitted to the events if there are enough, else those of the package's table
    starts : first days of the second era and later ones, for a fit by era
    account : "instant" or "long-run"; without `third` the latter takes the three largest of the former
    runs : worlds simulated for a long-run account, 5 or more
    shown_events : ids to list for each third party
    told : called with what is being done, how much is done and how much there is

    Raises
    ------
    UsageError : periods that overlap or are reversed, an actor with itself, another outcome, kind or account
    UnknownActorError : neither the registry nor the events know an actor

    References
    ----------
    [Kitagawa1955], [Ang2005]; see docs/background/factors.md
    """
    if account not in ACCOUNTS or runs < FEWEST_RUNS:
        raise UsageError(
            f"account {account!r} with {runs} runs",
            allowed=f"One of {', '.join(ACCOUNTS)}, with {FEWEST_RUNS} runs or more.",
        )
    asked = Asked.of(events, pair, before, after, third, outcome, kind)
    refused = asked.refusal()
    if refused:
        return asked.account(account, refused=refused)
    chosen = coefficients or choose_coefficients(
        asked.history, asked.outcome, kind=kind, half_life_days=half_life_days, starts=starts, seed=seed
    )
    draws = DRAWS if account == INSTANT else 0
    found = _instant(asked, chosen, shown_events, seed, draws, told)
    if account == INSTANT:
        return found
    names = asked.third or tuple(one.actor for one in found.third_parties[:SIMULATED])
    if not names:
        raise UsageError("no third party has acts with the two", where="account")
    if coefficients is None:
        # What the third parties do is given, so it is not to be explained either; others answer it.
        asked = replace(asked, third=names)
        chosen = choose_coefficients(
            set_aside(asked.history, names),
            asked.outcome,
            kind=kind,
            half_life_days=half_life_days,
            starts=starts,
            seed=seed,
        )
        found = _instant(asked, chosen, shown_events, seed, draws, told)
    return _simulated(asked, chosen, found, names, seed, runs, told)


def _instant(
    asked: Asked,
    coefficients: Coefficients,
    shown_events: int,
    seed: int,
    draws: int,
    told: Told | None,
) -> Account:
    asked.check(coefficients)
    question = asked.question(coefficients)
    change = work_out(question)
    return asked.account(
        INSTANT,
        coefficients_from=coefficients.source,
        totals=(float(change.totals[0]), float(change.totals[1])),
        value_before=change.before,
        notes=asked.notes(coefficients),
        **instant_parts(question, change, asked, shown_events, seed, draws, told),
    )


def _simulated(
    asked: Asked,
    own: Coefficients,
    found: Account,
    names: tuple[str, ...],
    seed: int,
    runs: int,
    told: Told | None,
) -> Account:
    """Put simulated parts in the place of the instant ones."""
    listed = [one for one in found.third_parties if one.actor in names]
    places = [asked.history.actors.index(one.actor) for one in listed]
    rates = _rates(asked, own, names, seed)
    worlds = run_worlds(asked.question(own), places, rates, runs=runs, seed=seed, told=told)
    figures = zip(listed, *(one.tolist() for one in worlds.by_third_party), strict=True)
    factors = [
        replace(one, simulated=Simulated(value, spread, error, runs)) for one, value, spread, error in figures
    ]
    together = float(worlds.together.mean())
    as_it_was = float(worlds.as_it_was.mean())
    return replace(
        found,
        account=LONG_RUN,
        third_parties=tuple(sorted(factors, key=lambda one: -abs(one.value))),
        n_others=len(found.third_parties) - len(listed),
        own_history=(found.total or 0.0) - together,
        overlap=together - sum(one.value for one in factors),
        eras=0.0,
        covariates=0.0,
        rounding=0.0,
        system=0.0,
        more={"runs": runs, "simulated_total": as_it_was - (found.value_before or 0.0)},
        notes=(*found.notes, LONG_RUN_NOTE),
    )


def _rates(asked: Asked, own: Coefficients, names: tuple[str, ...], seed: int) -> dict[str, Coefficients]:
    """Find coefficients of both rates, the account's own among them.

    Raises
    ------
    UsageError : they remember in another way
    """
    rates = {}
    for name in RATES:
        outcome = f"rate:{name}"
        found = own
        if own.outcome != outcome:
            found = choose_coefficients(
                set_aside(asked.history, names),
                outcome,
                kind=asked.kind,
                half_life_days=own.half_life_days,
                seed=seed,
            )
        if (found.half_life_days, found.transform) != (own.half_life_days, own.transform):
            raise UsageError(
                f"{outcome} with a half-life of {found.half_life_days:g} days and {found.transform}",
                where="coefficients",
                allowed=f"As those of {own.outcome}: {own.half_life_days:g} days and {own.transform}.",
                remedy="Fit the model with a half-life of 30 days and log1p.",
            )
        rates[name] = found
    return rates
