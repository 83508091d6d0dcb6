"""Settings -> docs/configuration.md. Run by `make docs`; a test holds the page to the code."""

import textwrap
from pathlib import Path

from medscribe.settings import Settings

PAGE = Path(__file__).resolve().parent.parent / "docs" / "configuration.md"
HEAD = """# Configuration

Made from `src/medscribe/settings/` by `make docs`; do not edit by hand.

Every setting can stand in `medscribe.toml` in the working directory, or in the environment as
`MEDSCRIBE_` and its name in capitals (lists and tables as JSON). The environment wins.

```toml
# medscribe.toml
whisper_model = "small.en"
allow_download = false
models_dir = "/srv/medscribe/models"
```
"""


def page() -> str:
    """The page's text."""
    parts = [HEAD]
    for name, field in Settings.model_fields.items():
        parts.append(f"## `{name}`\n")
        parts.append(f"Environment: `MEDSCRIBE_{name.upper()}`\n")
        parts.append(textwrap.fill(field.description or "", 100, break_on_hyphens=False) + "\n")
    return "\n".join(parts)


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
