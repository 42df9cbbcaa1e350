"""The commands: build, check, verify, verify-methods, new-city, workbook, gallery and site."""

import argparse
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from . import __version__, commands
from .errors import UserError
from .paths import NOTEBOOKS, ROOT

if TYPE_CHECKING:
    Commands = argparse._SubParsersAction[argparse.ArgumentParser]


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
    build = _add(added, "build", commands.do_build, "run the notebooks and write reports/ and figures/")
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
            commands.do_check,
            "list the faults of the tables: files first, then cells, then the rules between them",
        )
    )
    verify = _add(added, "verify", commands.do_verify, "look up every printed cell in the original documents")
    _add_folder(verify, "--sources", None, "the documents' folder")
    _add_data(verify)
    text = "recompute published and reference results of the methods"
    _add_folder(
        _add(added, "verify-methods", commands.do_verify_methods, text), "--oracles", None, "the results' folder"
    )


def _add_new_city(added: "Commands") -> None:
    new = _add(added, "new-city", commands.do_new_city, "make a folder of table stubs for another city")
    new.add_argument("city", metavar="ID", help="lower-case words joined by hyphens, such as qingdao")
    new.add_argument("--to", type=Path, metavar="DIR", help="the folder to make; default: ID-data, here")


def _add_outputs(added: "Commands") -> None:
    text = "write all tables as one Excel workbook, reports/targets.xlsx"
    workbook = _add(added, "workbook", commands.do_workbook, text)
    _add_folder(workbook, "--out", ROOT, "where reports/ is")
    _add_data(workbook)
    gallery = _add(added, "gallery", commands.do_gallery, "write figures/README.md, which shows every figure")
    _add_folder(gallery, "--out", ROOT, "where figures/ is")
    gallery.add_argument("--check", action="store_true", help="only say whether it has drifted")
    site = _add(added, "site", commands.do_site, "write the website: reports, gallery, codebook, methods, downloads")
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
