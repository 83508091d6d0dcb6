"""Short notes for tests."""

from collections.abc import Mapping, Sequence

from medscribe.domain.note import Author, Evidence, Note, Section, Statement, Upsert
from medscribe.domain.provenance import Provenance

HISTORY, PLAN = "history", "plan"
_AUTHORS = {"m": Author.MODEL, "c": Author.CLINICIAN, "s": Author.COMPOSER}


def note(sections: Mapping[str, Sequence[tuple[str, str]]], **fields: object) -> Note:
    """`sections` hold (id, text); an id of "c..." is the clinician's, of "m..." the model's."""
    return Note.model_validate(
        {
            "template": "soap",
            "revision": 1,
            "made_by": Provenance(engine="test", version="1"),
            "sections": tuple(
                Section(
                    key=key, title=key.upper(), statements=tuple(_statement(*each) for each in held)
                )
                for key, held in sections.items()
            ),
        }
        | fields
    )


def _statement(id_: str, text: str) -> Statement:
    return Statement(id=id_, text=text, evidence=(), author=_AUTHORS[id_[0]])


def put(text: str, *quotes: str, id_: str | None = None, section: str = HISTORY) -> Upsert:
    """An upsert; a quote is "u2 words"."""
    evidence = (quote.split(maxsplit=1) for quote in quotes)
    claims = tuple(Evidence(utterance_id=at, quote=words) for at, words in evidence)
    return Upsert(id=id_, section=section, text=text, evidence=claims)


def texts(found: Note) -> dict[str, str]:
    return {statement.id: statement.text for statement in found.statements}
