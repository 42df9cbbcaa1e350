"""The papers of the house hold: links lead somewhere, commands exist, both readmes say the same, versions agree."""

import importlib.util
import json
import os
import re
import shutil
import subprocess
import sys
import tomllib
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

import analysis
from analysis.files import ROOT
from analysis.language import LANGUAGES

READMES = dict(zip(LANGUAGES, ("README.md", "README.zh.md"), strict=True))
PAPERS = [*READMES.values(), "CONTRIBUTING.md", "CHANGELOG.md"]
PAPERS += sorted(path.relative_to(ROOT).as_posix() for path in ROOT.glob("d*/*.md"))  # data/ and docs/
WORKFLOWS = sorted((ROOT / ".github" / "workflows").glob("*.yml"))
FORMS = sorted(set((ROOT / ".github" / "ISSUE_TEMPLATE").glob("*.yml")) - {ROOT / ".github/ISSUE_TEMPLATE/config.yml"})
MAKE = re.compile(r"\bmake +([a-z][a-z-]*)(?=[\s`;)]|$)", re.MULTILINE)


def text(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


@cache
def tracked() -> set[str]:
    """Return the files that git knows, with forward slashes; skip the test where this is no checkout."""
    command = [shutil.which("git") or "false", "ls-files", "-z"]
    found = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    if found.returncode:
        pytest.skip("this is no git checkout, so nothing says which files a stranger gets")
    return set(found.stdout.split("\0"))


@cache
def offered() -> set[str]:
    """Return the targets that `make help` shows."""
    command = ["make", "--no-print-directory", "help"]
    shown = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    return set(re.findall(r"^  make ([a-z-]+) ", shown, re.MULTILINE))


def code(page: str) -> str:
    """Return what a page shows as code: its blocks and what stands between backticks in its prose."""
    blocks = re.findall(r"^```\w*[^\n]*\n(.*?)^```$", page, re.MULTILINE | re.DOTALL)
    prose = re.sub(r"^```.*?^```$", "", page, flags=re.MULTILINE | re.DOTALL)
    return "\n".join([*blocks, *re.findall(r"`([^`\n]+)`", prose)])


def links(name: str) -> list[str]:
    """Return what a page links to or shows, but for other sites and places on the page itself."""
    found = re.findall(r'\]\(([^)\s]+)\)|(?:src|href)="([^"]+)"', text(name))
    return [link for pair in found for link in pair if link and not link.startswith(("https://", "#"))]


def headings(name: str) -> set[str]:
    """Return a page's headings as GitHub writes them in addresses."""
    found = re.findall(r"^#+ (.+)$", text(name), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in found}


def pictures(page: str) -> list[tuple[str, str]]:
    """Return file and alternative text of a page's pictures."""
    return re.findall(r'<img src="([^"]+)"[^>]* alt="([^"]*)"', page)


def loaded(path: Path) -> Any:
    return yaml.safe_load(path.read_text(encoding="utf-8"))


def words_of(lang: str, figure: str) -> dict[str, str]:
    return json.loads(text(f"figures/{lang}/{figure}.json"))


@pytest.mark.parametrize("name", PAPERS)
def test_every_link_leads_to_a_file_that_a_stranger_gets(name: str) -> None:
    for link in links(name):
        file, _, heading = link.partition("#")
        place = Path(os.path.normpath(Path(name).parent / file)).as_posix()
        assert place in tracked(), link
        assert not heading or heading in headings(place), link


@pytest.mark.parametrize("name", READMES.values())
def test_the_readmes_link_to_what_a_stranger_looks_for(name: str) -> None:
    lang, suffix = ("en", ".md") if name == "README.md" else ("zh", ".zh.md")
    wanted = [f"docs/{page}{suffix}" for page in ("add-a-city", "add-an-outcome", "how-reports-are-made")]
    wanted += ["LICENSE", "data/LICENSE", "CITATION.cff", "CHANGELOG.md", "CONTRIBUTING.md", "figures/README.md"]
    assert set(links(name)) >= {*wanted, f"figures/{lang}/compare-levels.png"}


@pytest.mark.parametrize("name", PAPERS)
def test_every_make_command_of_the_papers_exists(name: str) -> None:
    assert set(MAKE.findall(code(text(name)))) - offered() == set()


def test_make_help_names_every_target_and_the_papers_most_of_them() -> None:
    phony = re.search(r"^\.PHONY: (.+)$", text("Makefile"), re.MULTILINE)[1].split()
    assert offered() == set(phony)
    named = {target for name in PAPERS for target in MAKE.findall(code(text(name)))}
    assert offered() - named == {"all"}  # which is make alone


def test_both_readmes_have_the_same_parts_commands_and_pictures() -> None:
    en, zh = (text(name) for name in READMES.values())
    for pattern in (r"^(##+) ", r"^(- |\| )", r"(<!-- .*? -->)", r"\]\((?!docs/|README)([^)]+)\)"):
        mirrored = [part.replace("figures/zh/", "figures/en/") for part in re.findall(pattern, zh, re.MULTILINE)]
        assert re.findall(pattern, en, re.MULTILINE) == mirrored
    assert [file.replace("/en/", "/zh/") for file, _ in pictures(en)] == [file for file, _ in pictures(zh)]
    assert commands(en) == commands(zh)
    assert "(README.zh.md)" in en.split("\n## ")[0]
    assert "(README.md)" in zh.split("\n## ")[0]


def commands(page: str) -> list[str]:
    """Return the commands of a page's blocks without their comments."""
    blocks = re.findall(r"^```sh\n(.*?)^```$", page, re.MULTILINE | re.DOTALL)
    return [line.partition("#")[0].strip() for block in blocks for line in block.splitlines()]


def test_both_readmes_name_all_notebooks_in_reading_order() -> None:
    notebooks = sorted(path.stem for path in (ROOT / "notebooks").glob("*.ipynb"))
    for name in READMES.values():
        rows = re.findall(r"^\| \[`([\w-]+)`\]\(notebooks/([\w-]+)\.ipynb\)", text(name), re.MULTILINE)
        assert rows == [(notebook, notebook) for notebook in notebooks]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_picture_says_what_its_figure_finds(lang: str) -> None:
    shown = pictures(text(READMES[lang]))
    assert len(shown) == 10
    for file, alt in shown:
        assert alt.startswith(words_of(lang, Path(file).stem)["title"])


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_numbers_on_top_are_those_of_the_figures(lang: str) -> None:
    top = text(READMES[lang]).split("\n## ")[0]
    said = re.findall(r"\d[\d,.]*\d%?|\d%?", re.sub(r'src="[^"]*" width="\d+"', "", top))
    drawn = "".join(words_of(lang, name)["alt"] for name in ("compare-levels", "growth-shared"))
    assert {"21.47", "10.02", "8.1", "14.96%", "5.70%"} <= set(said)
    assert [number for number in said if not re.search(rf"(?<![\d.,]){re.escape(number)}(?![\d.,]*\d)", drawn)] == []


@pytest.mark.parametrize("lang", LANGUAGES)
def test_what_is_not_shown_counts_as_the_figure_does(lang: str) -> None:
    counted = re.findall(r"\d+", words_of(lang, "progress-assessable")["title"])
    line = next(line for line in text(READMES[lang]).splitlines() if line.startswith("- ") and counted[0] in line)
    assert re.findall(r"\d+", line) == counted
    for name in (READMES[lang], f"docs/add-an-outcome{'.zh' * (lang == 'zh')}.md"):
        assert (
            re.search(r"^\D{0,2}(\d+)(?: targets lack only one|项目标只缺一个)", text(name), re.MULTILINE)[1]
            == counted[-1]
        )


def test_everything_in_yaml_can_be_read() -> None:
    files = [name for name in tracked() if name.endswith((".yml", ".yaml", ".cff"))]
    assert {"CITATION.cff", ".pre-commit-config.yaml", "environment.yml", ".github/workflows/test.yml"} <= set(files)
    for name in files:
        assert isinstance(loaded(ROOT / name), dict), name


@pytest.mark.parametrize("workflow", WORKFLOWS, ids=lambda path: path.name)
def test_workflows_run_what_exists(workflow: Path) -> None:
    steps = [step for job in loaded(workflow)["jobs"].values() for step in job["steps"]]
    assert [
        step["uses"] for step in steps if not re.fullmatch(r"actions/[\w-]+@v\d+", step.get("uses", "actions/x@v1"))
    ] == []
    runs = "\n".join(step["run"] for step in steps if "run" in step)
    files = re.findall(r"(?<![\w/.-])\.?\w[\w-]*(?:/[\w.-]+)+", runs)
    targets = MAKE.findall(runs)
    assert files or targets
    assert set(targets) <= offered()
    assert [file for file in files if file not in tracked() or not os.access(ROOT / file, os.X_OK)] == []


def test_hooks_run_the_projects_own_tools_and_download_nothing() -> None:
    repos = loaded(ROOT / ".pre-commit-config.yaml")["repos"]
    assert [repo["repo"] for repo in repos] == ["local"]
    hooks = repos[0]["hooks"]
    assert {hook["id"] for hook in hooks} == {"ruff-check", "ruff-format", "nbstripout", "tables"}
    for hook in hooks:
        assert hook["language"] == "system"
        tool, *rest = hook["entry"].split()
        assert tool.startswith(".venv/bin/")
        assert (Path(sys.executable).parent / Path(tool).name).exists()
        assert rest[0] != "-m" or importlib.util.find_spec(rest[1])


@pytest.mark.parametrize("form", FORMS, ids=lambda path: path.name)
def test_forms_ask_in_both_languages_for_what_proves_it(form: Path) -> None:
    asked = [part for part in loaded(form)["body"] if part["type"] != "markdown"]
    assert len({part["id"] for part in asked}) == len(asked)
    for part in asked:
        assert re.fullmatch(r"[^·]*[a-z][^·]* · [^·]*[\u4e00-\u9fff][^·]*", part["attributes"]["label"])
    needed = {part["id"] for part in asked if part.get("validations", {}).get("required")}
    assert needed >= ({"document", "place", "printed"} if form.stem == "wrong-number" else {"city", "documents"})


def test_a_codespace_and_binder_set_up_what_the_notebooks_need() -> None:
    container = json.loads(text(".devcontainer/devcontainer.json"))
    assert MAKE.findall(container["postCreateCommand"]) == ["setup"]
    assert set(MAKE.findall(container["postAttachCommand"])) <= offered()
    install = text("postBuild").splitlines()[-1]
    assert f"# {install}\n" in text("environment.yml").partition("name:")[0]
    assert os.access(ROOT / "postBuild", os.X_OK)


def test_versions_and_licences_are_the_same_everywhere() -> None:
    project = tomllib.loads(text("pyproject.toml"))["project"]
    package = json.loads(text("data/datapackage.json"))
    citation = loaded(ROOT / "CITATION.cff")
    cited = citation["references"][0]
    assert (citation["version"], citation["license"]) == (project["version"], project["license"])
    assert analysis.__version__ == project["version"]
    assert (cited["version"], cited["license"]) == (package["version"], package["licenses"][0]["name"])
    assert citation["title"] == package["title"]
    assert citation["authors"] == cited["authors"] == [{"name": package["contributors"][0]["title"]}]


def test_the_changelog_dates_changes_of_data_and_of_methods() -> None:
    sections = dict(re.findall(r"^### (\w+)\n\n(.*?)(?=^##|\Z)", text("CHANGELOG.md"), re.MULTILINE | re.DOTALL))
    for name in ("Data", "Methods"):
        lines = re.findall(r"^- .*", sections[name], re.MULTILINE)
        assert lines
        assert [line for line in lines if not re.match(r"- \d{4}-\d{2}-\d{2}: ", line)] == []
    version = json.loads(text("data/datapackage.json"))["version"]
    assert max(re.findall(r"^- ([\d-]+):", sections["Data"], re.MULTILINE)).replace("-", ".") == version
