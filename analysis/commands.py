"""What each command does: it takes the options of its line and returns the exit status."""

import argparse
import os
import shlex
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from .errors import UserError
from .language import counted
from .paths import ROOT, resolved

if TYPE_CHECKING:
    from .suite.build import Outcome

# Modules are imported where a command needs them: `--help` and a build with nothing to do load neither pandas nor
# Matplotlib.


def do_build(options: argparse.Namespace) -> int:
    """Make the reports that are out of date, and say what came of it."""
    from . import notebooks, tables, workbook
    from .suite import build

    data, out, settings = resolved(options.data), resolved(options.out), _settings(options.set)
    runs = notebooks.plan(
        notebooks.choose(notebooks.find(options.folder), _names(options.notebooks)),
        tables.city_ids(data),
        cities=_names(options.cities),
        languages=_names(options.languages),
        settings=settings,
        known_indicators=tables.indicator_ids(data) if "indicators" in settings else None,
    )
    if options.explain:
        for run, reasons in build.explain(runs, data=data, out=out):
            print(f"{run}: {'; '.join(reasons) or 'current'}")
        return 0
    how = build.Options(options.jobs, options.engine or build.default_engine(), options.timeout, options.scheduler)
    outcomes = build.build(runs, data=data, out=out, options=how)
    if options.workbook:
        workbook.make(data, out / "reports")
    return _summarise(outcomes, len(runs), out / "reports")


def _summarise(outcomes: "list[Outcome]", wanted: int, reports: Path) -> int:
    """Say what came of a build and return its exit status."""
    failed = [outcome for outcome in outcomes if outcome.failure]
    made, kept = len(outcomes) - len(failed), wanted - len(outcomes)
    print(f"{counted(made, 'report')} made, {kept} already up to date, {len(failed)} failed. See {reports}")
    for outcome in failed:
        print(f"  {outcome.run}: {outcome.failure}", file=sys.stderr)
    if any(outcome.failure.cell is not None for outcome in failed if outcome.failure):
        print(f"  Their notebooks up to the failing cell are in {reports / 'failed'}", file=sys.stderr)
    return 1 if failed else 0


def do_check(options: argparse.Namespace) -> int:
    """List the faults of the tables."""
    from . import tables

    faults = tables.validate(resolved(options.data))
    for fault in faults:
        print(fault)
    own = tables.own_files(resolved(options.data))
    laid = ", laid over the curated ones" if own else ""
    count = len(own or tables.schema()["resources"])
    print(f"{counted(len(faults), 'fault')}." if faults else f"{count} tables in {options.data}{laid}: no fault.")
    return 1 if faults else 0


def do_verify(options: argparse.Namespace) -> int:
    """Look up every printed cell in the original documents."""
    from . import tables, verify

    data = resolved(options.data)
    findings = verify.verify(tables.load(data), options.sources, tables.own_documents(data))
    for finding in findings:
        if not finding.found:
            print(finding)
    found = sum(finding.found for finding in findings)
    lost = sum(finding.lost_unit for finding in findings)
    print(f"{found} of {len(findings)} printed cells found in their place; {lost} units lost by the stored text.")
    return 0 if found == len(findings) else 1


def do_verify_methods(options: argparse.Namespace) -> int:
    """Recompute published and reference results."""
    from . import verify_methods

    reports = verify_methods.verify(options.oracles)
    for report in reports:
        print(report)
    return 0 if all(report.holds for report in reports) else 1


def do_new_city(options: argparse.Namespace) -> int:
    """Make a folder of table stubs."""
    from . import new_city

    folder = new_city.make(options.city, options.to)
    shown = os.path.relpath(folder) if folder.is_relative_to(Path.cwd()) else folder
    place = shlex.quote(str(shown))
    print(f"{shown} holds the stubs of {options.city}'s tables. Fill them in as docs/add-a-city.md shows, then:")
    python = ".venv/bin/python" if Path(sys.prefix) == ROOT / ".venv" and Path.cwd() == ROOT else "python"
    print(f"  {python} -m analysis check --data {place}")
    print(f"  {python} -m analysis build --data {place} --out {options.city}-reports")
    return 0


def do_workbook(options: argparse.Namespace) -> int:
    """Write the workbook, if it is out of date."""
    from . import workbook

    folder = resolved(options.out) / "reports"
    written = workbook.make(resolved(options.data), folder)
    print(f"{folder / workbook.NAME} {'written' if written else 'is up to date'}")
    return 0


def do_gallery(options: argparse.Namespace) -> int:
    """Write the gallery, or say whether it has drifted."""
    from . import notebooks
    from .site import readme

    path = resolved(options.out) / "figures" / readme.NAME
    text = readme.text(path.parent, notebooks.find())
    if not options.check:
        readme.write(text, path)
    elif not path.is_file() or path.read_text(encoding="utf-8") != text:
        print(f"{path} does not show the figures that are there. Write it anew: make gallery", file=sys.stderr)
        return 1
    return 0


def do_site(options: argparse.Namespace) -> int:
    """Write the website."""
    from . import notebooks
    from .site import publish

    out = resolved(options.out)
    count = publish.publish(out, data=resolved(options.data), made=resolved(options.made), notebooks=notebooks.find())
    print(f"{counted(count, 'page')} in {out}. Open {out / 'index.html'}")
    return 0


def _names(values: list[str] | None) -> list[str]:
    """Return names given apart or joined by commas."""
    return [name.strip() for value in values or [] for name in value.split(",") if name.strip()]


def _settings(values: list[str]) -> dict[str, str]:
    settings = {}
    for value in values:
        name, equals, text = value.partition("=")
        if not equals:
            msg = f"{value!r} sets nothing. Write it as name=value, such as city=weihai."
            raise UserError(msg)
        settings[name.strip()] = text.strip()
    return settings
