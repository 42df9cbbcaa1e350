"""The commands: build, check, verify, verify-methods, new-city, workbook, gallery and site."""

import argparse
import os
import shlex
import sys
from pathlib import Path

from . import __version__
from .errors import UserError
from .language import counted
from .paths import NOTEBOOKS, ROOT, resolved


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


def _build(options: argparse.Namespace) -> int:
    from . import notebooks, tables, workbook
    from .suite import build

    data, out = resolved(options.data), resolved(options.out)
    runs = notebooks.plan(
        notebooks.choose(notebooks.find(options.folder), _names(options.notebooks)),
        tables.city_ids(data),
        cities=_names(options.cities),
        languages=_names(options.languages),
        settings=_settings(options.set),
    )
    if options.explain:
        for run, reasons in build.explain(runs, data=data, out=out):
            print(f"{run}: {'; '.join(reasons) or 'current'}")
        return 0
    how = build.Options(options.jobs, options.engine or build.default_engine(), options.timeout, options.scheduler)
    outcomes = build.build(runs, data=data, out=out, options=how)
    if options.workbook:
        workbook.make(data, out / "reports")
    failed = [outcome for outcome in outcomes if outcome.failure]
    made, kept = len(outcomes) - len(failed), len(runs) - len(outcomes)
    print(f"{counted(made, 'report')} made, {kept} already up to date, {len(failed)} failed. See {out / 'reports'}")
    for outcome in failed:
        print(f"  {outcome.run}: {outcome.failure}", file=sys.stderr)
    if failed:
        print(f"  Their notebooks up to the failing cell are in {out / 'reports' / 'failed'}", file=sys.stderr)
    return 1 if failed else 0


def _check(options: argparse.Namespace) -> int:
    from . import tables

    faults = tables.validate(resolved(options.data))
    for fault in faults:
        print(fault)
    own = tables.own_files(resolved(options.data))
    laid = ", laid over the curated ones" if own else ""
    count = len(own or tables.schema()["resources"])
    print(f"{len(faults)} faults." if faults else f"{count} tables in {options.data}{laid}: no fault.")
    return 1 if faults else 0


def _verify(options: argparse.Namespace) -> int:
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


def _verify_methods(options: argparse.Namespace) -> int:
    from . import verify_methods

    reports = verify_methods.verify(options.oracles)
    for report in reports:
        print(report)
    return 0 if all(report.holds for report in reports) else 1


def _new_city(options: argparse.Namespace) -> int:
    from . import new_city

    folder = new_city.make(options.city, options.to)
    shown = os.path.relpath(folder) if folder.is_relative_to(Path.cwd()) else folder
    place = shlex.quote(str(shown))
    print(f"{shown} holds the stubs of {options.city}'s tables. Fill them in as docs/add-a-city.md shows, then:")
    print(f"  python -m analysis check --data {place}")
    print(f"  python -m analysis build --data {place} --out {options.city}-reports")
    return 0


def _workbook(options: argparse.Namespace) -> int:
    from . import workbook

    folder = resolved(options.out) / "reports"
    written = workbook.make(resolved(options.data), folder)
    print(f"{folder / workbook.NAME} {'written' if written else 'is up to date'}")
    return 0


def _gallery(options: argparse.Namespace) -> int:
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


def _site(options: argparse.Namespace) -> int:
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


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m analysis", description="Reports on what Chinese cities promise.")
    parser.add_argument("--version", action="version", version=__version__)
    commands = parser.add_subparsers(title="commands", required=True, metavar="COMMAND")
    build = commands.add_parser("build", help="run the notebooks and write reports/ and figures/")
    build.add_argument("--cities", nargs="+", metavar="CITY", help="city ids; default: all")
    build.add_argument("--languages", nargs="+", metavar="LANG", help="en, zh; default: both")
    build.add_argument("--notebooks", nargs="+", metavar="NAME", help="such as 11-profile-city; default: all")
    build.add_argument("--set", action="append", default=[], metavar="NAME=VALUE", help="a notebook parameter")
    build.add_argument("--out", type=Path, default=ROOT, metavar="DIR", help="where reports/ and figures/ go")
    build.add_argument("--workbook", action="store_true", help="write reports/targets.xlsx too, if it is out of date")
    build.add_argument("--jobs", type=_jobs, default=os.cpu_count() or 1, metavar="N", help="processes at once")
    build.add_argument("--folder", type=Path, default=NOTEBOOKS, metavar="DIR", help="where the notebooks are")
    build.add_argument("--engine", choices=("warm", "kernel"), help="run cells in a warm process or a Jupyter kernel")
    build.add_argument("--timeout", type=_seconds, default=300.0, metavar="SECONDS", help="for a report; default: 300")
    build.add_argument("--scheduler", metavar="ADDRESS", help="run on a Dask cluster, such as tcp://host:8786")
    build.add_argument("--explain", action="store_true", help="say why reports would be made; run nothing")
    build.set_defaults(command=_build)
    check = commands.add_parser("check", help="list every fault of the tables")
    check.set_defaults(command=_check)
    verify = commands.add_parser("verify", help="look up every printed cell in the original documents")
    verify.add_argument("--sources", type=Path, required=True, metavar="DIR", help="the documents' folder")
    verify.set_defaults(command=_verify)
    methods = commands.add_parser("verify-methods", help="recompute published and reference results of the methods")
    methods.add_argument("--oracles", type=Path, required=True, metavar="DIR", help="the reference results' folder")
    methods.set_defaults(command=_verify_methods)
    new = commands.add_parser("new-city", help="make a folder of table stubs for another city")
    new.add_argument("city", metavar="ID", help="lower-case words joined by hyphens, such as qingdao")
    new.add_argument("--to", type=Path, metavar="DIR", help="the folder to make; default: ID-data, here")
    new.set_defaults(command=_new_city)
    workbook = commands.add_parser("workbook", help="write all tables as one Excel workbook, reports/targets.xlsx")
    workbook.add_argument("--out", type=Path, default=ROOT, metavar="DIR", help="where reports/ is")
    workbook.set_defaults(command=_workbook)
    gallery = commands.add_parser("gallery", help="write figures/README.md, which shows every figure")
    gallery.add_argument("--out", type=Path, default=ROOT, metavar="DIR", help="where figures/ is")
    gallery.add_argument("--check", action="store_true", help="only say whether it has drifted")
    gallery.set_defaults(command=_gallery)
    site = commands.add_parser("site", help="write the website: reports, gallery, codebook, methods, downloads")
    site.add_argument("--out", type=Path, default=ROOT / "site", metavar="DIR", help="the folder of the site")
    site.add_argument("--made", type=Path, default=ROOT, metavar="DIR", help="where reports/ and figures/ are")
    site.set_defaults(command=_site)
    for command in (build, check, verify, workbook, site):
        text = "folder of the tables, or of your own rows to lay over them"
        command.add_argument("--data", type=Path, default=ROOT / "data", metavar="DIR", help=text)
    return parser


if __name__ == "__main__":
    sys.exit(main())
