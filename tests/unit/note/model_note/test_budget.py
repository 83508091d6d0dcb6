"""What half an hour of talk costs at a language model's server, over real HTTP."""

from functools import cache

import pytest
from tests.unit.note.model_note import thirty_minutes

from medscribe.domain.note import StatementStatus
from medscribe.llm.model import Usage
from medscribe.llm.scripted_server import ScriptedServer
from medscribe.note.model_note.plan import ReadingPlan
from medscribe.note.statements.revise import reconcile
from medscribe.note.template import load_template
from medscribe.note.writers import language_model

MOST_PREFILL_TOKENS = 60_000
"""Read anew by the server, outside its cached prefixes."""
MOST_OUTPUT_TOKENS = 5_000
TEMPLATE = load_template("soap")
VISIT = thirty_minutes.visit()


@cache
def cost_of(plan: ReadingPlan) -> list[Usage]:
    """All requests of a visit: updates by the writer's cadence, then the full pass."""
    with ScriptedServer(thirty_minutes.model()) as server:
        options = language_model.Options(engine_options={"base_url": server.url}, plan=plan)
        writer = language_model.create(options)
        live = writer.begin(TEMPLATE)
        for count in thirty_minutes.updates(VISIT, writer.cadence):
            note = live.update(VISIT[:count])
        whole = writer.write(VISIT, TEMPLATE)
        final = reconcile(note, whole)
        assert len(final.statements) >= 25
        assert all(each.status is StatementStatus.SUPPORTED for each in final.statements)
        kept = {each.id for each in note.statements} & {each.id for each in final.statements}
        assert len(kept) >= 20
        return server.ledger.entries


@pytest.mark.parametrize("plan", [ReadingPlan.PREFIX, ReadingPlan.WINDOW])
def test_half_an_hour_stays_within_its_tokens(plan: ReadingPlan) -> None:
    requests = cost_of(plan)

    assert len(requests) > 60
    assert sum(each.prompt_tokens - each.cached_tokens for each in requests) < MOST_PREFILL_TOKENS
    assert sum(each.completion_tokens for each in requests) < MOST_OUTPUT_TOKENS


def test_no_request_of_the_window_plan_grows_with_the_visit() -> None:
    *updates, _ = cost_of(ReadingPlan.WINDOW)

    assert max(each.prompt_tokens for each in updates) < 2_000


def test_with_the_prefix_plan_a_line_is_read_once() -> None:
    requests = cost_of(ReadingPlan.PREFIX)
    first, *later = requests

    # The note, the question and part of a block are read anew; never a good part of the visit.
    assert all(each.prompt_tokens - each.cached_tokens < 800 for each in later)
    assert later[-1].cached_tokens > 0.9 * later[-1].prompt_tokens
    assert first.cached_tokens == 0
