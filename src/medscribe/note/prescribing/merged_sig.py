"""How a medicine was told and said -> one sig: the newest word on each part of it."""

from collections.abc import Sequence

from medscribe.domain.medication import DoseStep, Frequency, OrderAction, Quantity
from medscribe.note.prescribing.sig import Sig


def merged_sig(action: OrderAction, told: Sequence[Sig], said: Sequence[Sig]) -> Sig:
    """How the medicine is to be taken: what the clinician told, newest first; what else was said
    fills a gap only where the medicine goes on as it is.

    "I take two tablets of the 10" then "increase it to 40 mg" is no two tablets of 40.
    """
    new, old = list(reversed(told)), list(reversed(said))
    goes_on = action not in (OrderAction.START, OrderAction.CHANGE)
    strength, dose = how_much(new)
    if strength is None and dose is None and goes_on:
        strength, dose = how_much(old)
    timing = _timing(new) or (_timing(old) if goes_on or action is OrderAction.CHANGE else None)
    everything = [*new, *old]
    dosed = next((s for s in everything if s.dose == dose), None) if dose else None
    return Sig(
        strength=strength,
        dose=dose,
        dose_max=dosed.dose_max if dosed else None,
        form=next((s.form for s in everything if s.form), None),
        route=next((s.route for s in everything if s.route), None),
        frequency=timing.frequency if timing else None,
        duration=next((s.duration for s in new if s.duration), None),
        as_needed=timing.as_needed if timing else None,
        as_needed_for=timing.as_needed_for if timing else None,
        max_per_day=next((s.max_per_day for s in (everything if goes_on else new) if s.max_per_day),
                         None),
        indication=next((s.indication for s in everything if s.indication), None),
        steps=_steps(new, strength, dose),
    )  # fmt: skip


def how_much(newest_first: Sequence[Sig]) -> tuple[Quantity | None, Quantity | None]:
    """Strength and dose; an older dose goes only with the strength it was said for."""
    strength = next((s.strength for s in newest_first if s.strength), None)
    for sig in newest_first:
        if sig.dose and (sig.strength is None or sig.strength == strength):
            return strength, sig.dose
        if sig.strength:
            break
    older = (s for s in newest_first if s.dose and s.strength in (None, strength))
    kept = next(older, None)
    return strength, kept.dose if kept else None


def _steps(
    newest_first: Sequence[Sig], strength: Quantity | None, dose: Quantity | None
) -> tuple[DoseStep, ...]:
    """The steps said last, unless another dose was said after them."""
    stepped = next((s for s in newest_first if s.steps), None)
    if stepped is None or (stepped.strength, stepped.dose) != (strength, dose):
        return ()
    return stepped.steps


def _timing(newest_first: Sequence[Sig]) -> Sig | None:
    """How often and whether only when needed, joined over what was said."""
    frequency = _joined([s.frequency for s in newest_first if s.frequency])
    needed = next((s for s in newest_first if s.as_needed), None)
    if frequency is None and needed is None:
        return None
    reason = next((s.as_needed_for for s in newest_first if s.as_needed_for), None)
    return Sig(frequency=frequency, as_needed=True if needed else None, as_needed_for=reason)


def _joined(newest_first: Sequence[Frequency]) -> Frequency | None:
    """The newest frequency; where that says only a moment ("with food"), together with the one
    before ("twice a day")."""
    if not newest_first:
        return None
    newest, older = newest_first[0], next((f for f in newest_first[1:] if f.count), None)
    if newest.count or newest.count_max or not newest.when or older is None:
        return newest
    when = tuple(dict.fromkeys((*older.when, *newest.when)))
    return older.model_copy(update={"text": f"{older.text}, {newest.text}", "when": when})
