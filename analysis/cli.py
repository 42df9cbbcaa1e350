"""What each command does: it takes the options of its line and returns the exit status."""

import argparse
import os
import shlex
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from . import __version__
from .errors import UserError
from .files import NOTEBOOKS, ROOT, content, resolved
from .language import counted

if TYPE_CHECKING:
    from .reports.build import Outcome

    Commands = argparse._SubParsersAction[argparse.ArgumentParser]

# Modules are imported where a command needs them: `--help` and a build with nothing to do load neither pandas nor
# Matplotlib.


def do_build(options: argparse.Namespace) -> int:
    """Make the reports that are out of date, and say what came of it."""
    from . import tables, workbook
    from .reports import build, notebooks

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


def do_audit(options: argparse.Namespace) -> int:
    """Say of every numeral of the original documents which row it belongs to, or why it belongs to none."""
    from . import audit, tables

    data = resolved(options.data)
    findings = audit.audit(tables.load(data), options.sources, tables.own_documents(data))
    for finding in findings:
        if finding.fault or options.list:
            print(finding)
    print("\n".join(audit.summary(findings)))
    return 1 if any(finding.fault for finding in findings) else 0


def do_read(options: argparse.Namespace) -> int:
    """Propose the rows of a plan's text, in a folder of the user's own."""
    from . import new_city, read_plan, tables

    text = content(options.plan).decode("utf-8-sig", errors="replace")
    proposal = read_plan.read(text, tables.load(resolved(options.data)), options.city)
    folder = (options.to or Path(f"{options.city}-data")).absolute()
    if not folder.exists() and options.city not in tables.city_names(tables.CURATED, "en"):
        new_city.make(options.city, folder)
    read_plan.write(proposal, folder)
    undecided = sum(not row.complete for row in proposal.rows)
    shown = os.path.relpath(folder) if folder.is_relative_to(Path.cwd()) else folder
    print(
        f"{counted(len(proposal.rows), 'row')} proposed by rules and read by nobody yet, {undecided} of them undecided."
    )
    print(f"Read {Path(shown) / 'review.md'} beside the plan, then fill in {shown} as docs/add-a-city.md shows.")
    return 0


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
    from .site import gallery

    path = resolved(options.out) / "figures" / gallery.NAME
    text = gallery.text(path.parent)
    if not options.check:
        gallery.write(text, path)
    elif not path.is_file() or path.read_text(encoding="utf-8") != text:
        print(f"{path} does not show the figures that are there. Write it anew: make gallery", file=sys.stderr)
        return 1
    return 0


def do_site(options: argparse.Namespace) -> int:
    """Write the website."""
    from .site import website

    out = resolved(options.out)
    count = website.publish(out, data=resolved(options.data), made=resolved(options.made))
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


def main(arguments: list[str] | None = None) -> int:
    """Run a command and return its exit status: 0 done, 1 faults or failures, 2 a mistake in the request."""
    options = _parser().parse_args(arguments)
    try:
        status: int = options.command(options)
        return status
    except UserError as error:
        print(error, file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        print("Stopped. Reports that were finished are in place; the others are as they were.", file=sys.stderr)
        return 130


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m analysis", description="Reports on what Chinese cities promise.")
    parser.add_argument("--version", action="version", version=__version__)
    added = parser.add_subparsers(title="commands", required=True, metavar="COMMAND")
    for add in (_add_build, _add_checks, _add_new_city, _add_outputs):
        add(added)
    return parser


def _add(added: "Commands", name: str, command: Any, text: str) -> argparse.ArgumentParser:
    parser = added.add_parser(name, help=text)
    parser.set_defaults(command=command)
    return parser


def _add_folder(parser: argparse.ArgumentParser, option: str, default: Path | None, text: str) -> None:
    parser.add_argument(option, type=Path, default=default, required=default is None, metavar="DIR", help=text)


def _add_data(parser: argparse.ArgumentParser) -> None:
    _add_folder(parser, "--data", ROOT / "data", "folder of the tables, or of your own rows to lay over them")


def _add_build(added: "Commands") -> None:
    build = _add(added, "build", do_build, "run the notebooks and write reports/ and figures/")
    build.add_argument("--cities", nargs="+", metavar="CITY", help="city ids; default: all")
    build.add_argument("--languages", nargs="+", metavar="LANG", help="en, zh; default: both")
    build.add_argument("--notebooks", nargs="+", metavar="NAME", help="such as 11-profile-city; default: all")
    build.add_argument("--set", action="append", default=[], metavar="NAME=VALUE", help="a notebook parameter")
    _add_folder(build, "--out", ROOT, "where reports/ and figures/ go")
    build.add_argument("--workbook", action="store_true", help="write reports/targets.xlsx too, if it is out of date")
    build.add_argument("--jobs", type=_jobs, default=os.cpu_count() or 1, metavar="N", help="processes at once")
    _add_folder(build, "--folder", NOTEBOOKS, "where the notebooks are")
    build.add_argument("--engine", choices=("warm", "kernel"), help="run cells in a warm process or a Jupyter kernel")
    build.add_argument("--timeout", type=_seconds, default=300.0, metavar="SECONDS", help="for a report; default: 300")
    build.add_argument("--scheduler", metavar="ADDRESS", help="run on a Dask cluster, such as tcp://host:8786")
    build.add_argument("--explain", action="store_true", help="say why reports would be made; run nothing")
    _add_data(build)


def _add_checks(added: "Commands") -> None:
    _add_data(
        _add(
            added,
            "check",
            do_check,
            "list the faults of the tables: files first, then cells, then the rules between them",
        )
    )
    verify = _add(added, "verify", do_verify, "look up every printed cell in the original documents")
    audit = _add(added, "audit", do_audit, "say of every numeral of the documents which row it belongs to, or why none")
    audit.add_argument("--list", action="store_true", help="show every numeral, not the unexplained alone")
    for parser in (verify, audit):
        _add_folder(parser, "--sources", None, "the documents' folder")
        _add_data(parser)


def _add_new_city(added: "Commands") -> None:
    read = _add(added, "read", do_read, "propose the rows of a plan's text, for you to decide")
    read.add_argument("plan", type=Path, metavar="PLAN", help="the plan's text in UTF-8, tables and all")
    read.add_argument("--city", required=True, metavar="ID", help="lower-case words joined by hyphens, such as qingdao")
    read.add_argument("--to", type=Path, metavar="DIR", help="the folder for the rows; default: ID-data, here")
    _add_data(read)
    new = _add(added, "new-city", do_new_city, "make a folder of table stubs for another city")
    new.add_argument("city", metavar="ID", help="lower-case words joined by hyphens, such as qingdao")
    new.add_argument("--to", type=Path, metavar="DIR", help="the folder to make; default: ID-data, here")


def _add_outputs(added: "Commands") -> None:
    text = "write all tables as one Excel workbook, reports/targets.xlsx"
    workbook = _add(added, "workbook", do_workbook, text)
    _add_folder(workbook, "--out", ROOT, "where reports/ is")
    _add_data(workbook)
    gallery = _add(added, "gallery", do_gallery, "write figures/README.md, which shows every figure")
    _add_folder(gallery, "--out", ROOT, "where figures/ is")
    gallery.add_argument("--check", action="store_true", help="only say whether it has drifted")
    site = _add(added, "site", do_site, "write the website: reports, gallery, codebook, methods, downloads")
    _add_folder(site, "--out", ROOT / "site", "the folder of the site")
    _add_folder(site, "--made", ROOT, "where reports/ and figures/ are")
    _add_data(site)


def _jobs(text: str) -> int:
    if not text.isdigit() or int(text) < 1:
        msg = f"{text!r} is no number of processes; give 1 or more"
        raise argparse.ArgumentTypeError(msg)
    return int(text)


def _seconds(text: str) -> float:
    try:
        seconds = float(text)
    except ValueError:
        seconds = 0.0
    if not 0 < seconds < float("inf"):
        msg = f"{text!r} is no time; give a number of seconds above 0"
        raise argparse.ArgumentTypeError(msg)
    return seconds


if __name__ == "__main__":
    sys.exit(main())
