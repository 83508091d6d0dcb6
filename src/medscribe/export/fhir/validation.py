"""A bundle -> the same bundle, found to be valid FHIR, or an error that quotes nothing of it."""

from collections.abc import Iterable

from pydantic import ValidationError

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
        Bundle.model_validate(bundle)
    except ValidationError as error:
        items = error.errors(include_input=False, include_context=False, include_url=False)
        raise _invalid(f"{'.'.join(map(str, one['loc']))} {one['type']}" for one in items) from None
    broken = broken_rules(bundle)
    if broken:
        raise _invalid(broken)
    return bundle


def _invalid(broken: Iterable[str]) -> MedScribeError:
    told = list(broken)
    more = f" and {len(told) - _MOST_TOLD} more" if len(told) > _MOST_TOLD else ""
    return MedScribeError(
        "The FHIR bundle was not written, since it would not be valid. Please report these places, "
        f"which hold nothing of the patient: {'; '.join(told[:_MOST_TOLD])}{more}."
    )
