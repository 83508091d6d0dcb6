"""Statements on drugs -> one order per drug: the clinician's final word, all the evidence."""

from collections.abc import Iterable, Sequence
from dataclasses import fields, replace

from medscribe.clinical.drug_tables import marketed_by_ingredient
from medscribe.domain.medication import (
    Certainty,
    Coding,
    Experiencer,
    Frequency,
    MedicationOrder,
    OrderAction,
)
from medscribe.domain.note import Evidence
from medscribe.note.prescribing.merged_sig import how_much, merged_sig
from medscribe.note.prescribing.regimen import is_worked_up, joined_steps, step_of, with_steps
from medscribe.note.prescribing.sig import Sig
from medscribe.note.prescribing.statements import DrugStatement

RXNORM = "http://www.nlm.nih.gov/research/umls/rxnorm"
_SETTLED = (OrderAction.START, OrderAction.CHANGE, OrderAction.STOP, OrderAction.HOLD)

# What is decided first stays: "start it and go up after a week", "hold it and restart on Thursday".
_STAY = (
    (OrderAction.START, OrderAction.CHANGE),
    (OrderAction.CHANGE, OrderAction.START),
    (OrderAction.HOLD, OrderAction.START),
)


def orders_from(statements: Iterable[DrugStatement]) -> list[MedicationOrder]:
    """One order per medicine and person, in order of first mention, ids "m1", "m2" ...

    Nothing for a drug that is only denied, or only warned of to somebody who does not take it.
    """
    groups: dict[tuple[frozenset[str], Experiencer], list[DrugStatement]] = {}
    for statement in statements:
        groups.setdefault((statement.key, statement.experiencer), []).append(statement)
    live = [kept for group in groups.values() if (kept := _live(group))]
    return [_order(f"m{number}", group) for number, group in enumerate(live, start=1)]


def _live(group: Sequence[DrugStatement]) -> list[DrugStatement]:
    last = max((at for at, s in enumerate(group) if _takes_back(s)), default=-1)
    # "Start atorvastatin." "I don't want it." "Okay, we won't start it."
    kept = [
        s
        for at, s in enumerate(group)
        if not s.decision.denied and not (at < last and s.by_clinician and _is_directive(s))
    ]
    taken = any(s.current for s in kept)
    withdrawn = any(s.decision.withdrawn for s in group[last : last + 1])
    if withdrawn and not taken and not any(_is_directive(s) for s in kept):
        return []
    return [] if all(s.decision.advice for s in kept) else kept


def _takes_back(statement: DrugStatement) -> bool:
    """ "Scratch that", and "actually, let's leave it where it is"."""
    going_on = statement.decision.action is OrderAction.CONTINUE
    return statement.decision.withdrawn or (statement.overrides and going_on)


def _order(order_id: str, group: Sequence[DrugStatement]) -> MedicationOrder:
    action = final_action(group)
    told = [s for s in group if _is_directive(s)]
    else_said = [s for s in group if not _is_directive(s)]
    if action is OrderAction.START:
        # "One medicine, and that's Cardura four milligrams. Take that once a day."
        told = [s for s in group if _is_directive(s) or _describes(s)]
    subject = next((s for s in reversed(group) if _is_directive(s)), group[0])
    sig = merged_sig(action, [s.sig for s in told], [s.sig for s in else_said])
    sig = _with_next_steps(sig, [s for s in group if s.next_steps])
    if action is OrderAction.HOLD:
        # "for five days" is how long the pause lasts.
        sig = replace(sig, duration=None)
    known = any(s.current or s.decision.owned for s in group)
    if action is OrderAction.CHANGE and not known and is_worked_up(sig.steps):
        action = OrderAction.START
    return MedicationOrder(
        id=order_id,
        drug=subject.drug.name,
        codings=_codings(subject),
        action=action,
        certainty=_certainty(action, group),
        experiencer=subject.experiencer,
        evidence=_evidence(group),
        **{field.name: getattr(sig, field.name) for field in fields(sig)},
    )


def final_action(group: Sequence[DrugStatement]) -> OrderAction:
    """What the clinician finally decides about one medicine.

    The last of start, stop and change wins; "continue it for ten days" after "start" is still a
    start; "take it" starts a new medicine, continues a known one, and changes it where another dose
    is said.
    """
    action = OrderAction.MENTION
    instructed = False
    current: DrugStatement | None = None
    for statement in group:
        decided = statement.decision
        new = current is None and action is OrderAction.MENTION
        if decided.action is OrderAction.MENTION:
            instructed = instructed or _is_order(statement, current)
            if statement.current and current is None:
                current = statement
        elif decided.bare and current is not None and not current.sig.says_how:
            # "I take metoprolol." "Metoprolol, 25 mg twice a day.": read back, not ordered.
            continue
        elif decided.weak:
            instructed = instructed or action is OrderAction.MENTION
        elif decided.action is OrderAction.CONTINUE:
            prescribed = instructed and current is None and not statement.overrides
            kept = action in _SETTLED and not _is_kept_after(statement, action)
            action = action if kept or prescribed else OrderAction.CONTINUE
        elif _is_new_dose_of_new(statement, instructed=new and instructed):
            instructed = True
        elif (action, decided.action) not in _STAY:
            action = decided.action
    if action in (OrderAction.MENTION, OrderAction.CONTINUE) and instructed:
        return _instructed(group, current)
    return action


def _is_new_dose_of_new(statement: DrugStatement, *, instructed: bool) -> bool:
    """ "We'll do prednisone for seven days. Actually, make that five.": still a start."""
    changed = statement.decision.action is OrderAction.CHANGE
    return changed and instructed and statement.overrides


def _is_kept_after(statement: DrugStatement, action: OrderAction) -> bool:
    """ "Stop the losartan, no, keep the losartan": named, and not only in passing."""
    return action is OrderAction.STOP and statement.by_clinician and not statement.listed


def _is_order(statement: DrugStatement, current: DrugStatement | None) -> bool:
    """Whether a clinician's word on the dose decides, without a verb: of what is taken, or of what
    is told in full ("it should be 30. 30 mg once a day")."""
    sig = statement.sig
    in_full = sig.says_how_much and sig.frequency is not None
    return statement.correction and (current is not None or in_full)


def _instructed(group: Sequence[DrugStatement], current: DrugStatement | None) -> OrderAction:
    """What "take 600 mg of it" is: a start; for who takes it already, going on with it or, where
    both strengths or both frequencies are said and differ, a change. A strength where none was
    known is prescribed anew. "Your" medicine goes on.
    """
    owned = any(s.decision.owned or s.decision.action is OrderAction.CONTINUE for s in group)
    if current is None:
        return OrderAction.CONTINUE if owned else OrderAction.START
    taken = [s.sig for s in reversed(group) if s.current]
    told = [s.sig for s in reversed(group) if _is_directive(s)]
    old, _ = how_much(taken)
    new, _ = how_much(told)
    if new and old and new != old:
        return OrderAction.CHANGE
    if _differ(_frequency(taken), _frequency(told)):
        return OrderAction.CHANGE
    if new is None or old is not None or owned:
        return OrderAction.CONTINUE
    return OrderAction.START


def _frequency(newest_first: Sequence[Sig]) -> Frequency | None:
    return next((s.frequency for s in newest_first if s.frequency), None)


def _differ(one: Frequency | None, other: Frequency | None) -> bool:
    """Whether both say how often, and not the same."""
    if one is None or other is None or one.count is None or other.count is None:
        return False
    return (one.count, one.period, one.period_unit) != (
        other.count,
        other.period,
        other.period_unit,
    )


def _is_directive(statement: DrugStatement) -> bool:
    if not statement.by_clinician:
        return False
    return statement.correction or statement.decision.action is not OrderAction.MENTION


def _describes(statement: DrugStatement) -> bool:
    """Said by the clinician of a medicine that the patient does not take yet."""
    return statement.by_clinician and not statement.current and not statement.asked


def _with_next_steps(sig: Sig, later: Sequence[DrugStatement]) -> Sig:
    """The sig with the steps that later sentences added to it ("After a week, go up to 50")."""
    if not later or not (sig.says_how_much or sig.frequency):
        return sig
    steps = list(sig.steps) or [step_of(sig)]
    for statement in later:
        steps = joined_steps(steps, statement.next_steps, statement.lasted)
    return with_steps(sig, steps)


def _certainty(action: OrderAction, group: Sequence[DrugStatement]) -> Certainty:
    if action is not OrderAction.MENTION or any(s.current for s in group):
        return Certainty.CONFIRMED
    unsure = [
        s.decision.certainty for s in group if s.decision.certainty is not Certainty.CONFIRMED
    ]
    return unsure[-1] if unsure else Certainty.CONFIRMED


def _codings(statement: DrugStatement) -> tuple[Coding, ...]:
    """The RxNorm codes of the name said and of its ingredients, as far as the tables have them."""
    drug = statement.drug
    codings = [Coding(system=RXNORM, code=drug.rxcui, display=drug.name)] if drug.rxcui else []
    for ingredient in drug.ingredients:
        marketed = marketed_by_ingredient().get(ingredient)
        code = marketed.rxcui if marketed else None
        if code and code not in {coding.code for coding in codings}:
            codings.append(Coding(system=RXNORM, code=code, display=ingredient))
    return tuple(codings)


def _evidence(group: Sequence[DrugStatement]) -> tuple[Evidence, ...]:
    return tuple(dict.fromkeys(quote for statement in group for quote in statement.evidence))
