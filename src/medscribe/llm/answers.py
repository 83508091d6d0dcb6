"""The text of a model's answer -> a validated value, or one clear error."""

from pydantic import BaseModel, ValidationError

from medscribe.errors import LanguageModelError
from medscribe.llm.model import Answer


def read_answer(text: str, answer: type[Answer]) -> Answer:
    """The JSON object in `text` as `answer`; white space around it is allowed, nothing else.

    Raises `LanguageModelError`, which never quotes the text: it speaks of a visit.
    """
    try:
        return answer.model_validate_json(text)
    except ValidationError as error:
        raise LanguageModelError(
            f"The language model's answer does not have the form asked for ({_faults(error)}). "
            "Use a server that enforces response_format json_schema, or a larger model."
        ) from None


def schema_of(answer: type[BaseModel]) -> dict[str, object]:
    """JSON schema of `answer` as servers take it; its unknown fields are forbidden."""
    return answer.model_json_schema() | {"additionalProperties": False}


def _faults(error: ValidationError) -> str:
    """Kinds of what is wrong, such as "missing"; field names are ours only where they are known."""
    return ", ".join(sorted({item["type"] for item in error.errors(include_input=False)}))
