"""A bundle -> the same bundle, found to be valid FHIR, or an error that quotes nothing of it."""

from collections.abc import Iterable, Iterator

from pydantic import BaseModel, ValidationError

from medscribe.errors import MedScribeError, MissingDependencyError
from medscribe.export.fhir.elements import Json
from medscribe.export.fhir.rules import broken_rules

_MOST_TOLD = 5


def validated(bundle: Json) -> Json:
    """`bundle` itself, checked by the models of fhir.resources (R4B, which is R4 in all that we
    use) and by the rules that these do not know (`rules.py`).

    Raises `MissingDependencyError` where the library is missing, `MedScribeError` otherwise.
    """
    try:
        from fhir.resources.R4B.bundle import Bundle
    except ImportError:
        raise MissingDependencyError(
            "FHIR export needs fhir.resources: install it with  pip install 'medscribe[export]'"
        ) from None
    try:
        read = Bundle.model_validate(bundle)
    except ValidationError as error:
        items = error.errors(include_input=False, include_context=False, include_url=False)
        raise _invalid(f"{'.'.join(map(str, one['loc']))} {one['type']}" for one in items) from None
    broken = [*_unknown_codes(read), *broken_rules(bundle)]
    if broken:
        raise _invalid(broken)
    return bundle


def _unknown_codes(element: BaseModel) -> Iterator[str]:
    """Codes that their field's value set has not: the models list these sets but do not look."""
    for name, field in type(element).model_fields.items():
        value = getattr(element, name)
        extra = field.json_schema_extra
        allowed = extra.get("enum_values") if isinstance(extra, dict) else None
        for one in value if isinstance(value, list) else [value]:
            if isinstance(one, BaseModel):
                yield from _unknown_codes(one)
            elif isinstance(allowed, list) and one is not None and one not in allowed:
                yield f"{type(element).__name__}.{name} code"


def _invalid(broken: Iterable[str]) -> MedScribeError:
    told = list(broken)
    more = f" and {len(told) - _MOST_TOLD} more" if len(told) > _MOST_TOLD else ""
    return MedScribeError(
        "The FHIR bundle was not written, since it would not be valid. Please report these places, "
        f"which hold nothing of the patient: {'; '.join(told[:_MOST_TOLD])}{more}."
    )
