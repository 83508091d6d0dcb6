"""An encounter with work left -> one step further. This function is the product."""

from medscribe.pipeline.stages import STAGES
from medscribe.pipeline.work import Engines, Records


def advance(encounter_id: str, records: Records, engines: Engines) -> bool:
    """Do the next step of an encounter and commit it; whether more is left to do.

    A step is computed from what the store holds and committed under the lease it began with:
    killed at any moment, or done twice, it leaves the encounter as one step or as none.
    """
    encounter = records.store.lease(encounter_id)
    if encounter.next_stage is None:
        return False
    step = STAGES[encounter.next_stage]
    with engines.clock.measure(encounter.next_stage):
        outcome = step(encounter, records, engines)
    encounter = records.store.commit(encounter, outcome.updates, done=outcome.done)
    return encounter.next_stage is not None
