"""`medscribe templates`: what there is, whether one's own is right, and one from an example."""

from pathlib import Path

from tests.cli.conftest import Run

EXAMPLE = "HPI\nMs. Thornquist has coughed for weeks.\nPLAN\nRest.\n"


def test_templates_are_listed_ones_own_among_them(run: Run, tmp_path: Path) -> None:
    folder = tmp_path / "data" / "templates"
    folder.mkdir(parents=True)
    shown = run("templates", "show", "soap").out
    (folder / "mine.toml").write_text(shown.replace('name = "soap"', 'name = "mine"'))
    (folder / "broken.toml").write_text("name = ")

    listed = run("templates", "list")

    assert listed.code == 0
    rows = {line.split()[1]: line for line in listed.out.splitlines() if len(line.split()) > 2}
    assert "own" in rows["mine"]
    assert "shipped" in rows["discharge_summary"]
    assert "not valid" in rows["broken"]


def test_an_unknown_name_is_refused_with_the_choices(run: Run) -> None:
    refused = run("templates", "show", "../soap")

    assert refused.code != 0
    assert "Choose one of: " in refused.err


def test_a_template_is_checked(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "mine.toml"
    good = run("templates", "show", "sick_certificate").out.replace("sick_certificate", "mine")
    path.write_text(good)
    valid = run("templates", "check", path)
    path.write_text(good.replace('divisions = ["work"]', 'divisions = ["job"]'))
    wrong = run("templates", "check", path)

    assert valid.code == 0
    assert "No section holds: complaint" in valid.out
    assert wrong.code != 0
    assert "mine.toml, section 2 (work), field divisions: Choose among" in wrong.err


def test_a_template_from_an_example_holds_none_of_it_and_overwrites_nothing(
    run: Run, tmp_path: Path
) -> None:
    note, out = tmp_path / "thornquist.txt", tmp_path / "mine.toml"
    note.write_text(EXAMPLE)

    made = run("templates", "from-example", note, "--name", "mine", "--out", out)
    again = run("templates", "from-example", note, "--name", "mine", "--out", out)
    printed = run("templates", "from-example", note, "--name", "mine")

    assert made.code == 0, made.err
    assert run("templates", "check", out).code == 0
    assert printed.out == out.read_text()
    assert "thornquist" not in (printed.out + printed.err + made.err).lower()
    assert again.code != 0
    assert "exists already" in again.err


def test_an_example_that_cannot_be_read_is_not_named(run: Run, tmp_path: Path) -> None:
    (tmp_path / "thornquist.txt").write_bytes(b"\xff\xfe\x00")

    for path in (tmp_path / "thornquist.txt", tmp_path / "thornquist-2.txt"):
        refused = run("templates", "from-example", path, "--name", "mine")
        assert refused.code != 0
        assert "thornquist" not in refused.err
