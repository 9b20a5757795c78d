"""New workbooks and templates."""

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from xl_perf.core.errors import BookError
from xl_perf.core.figures.totals import Totals, add_up, totals_of
from xl_perf.core.making.rolling import Amounts
from xl_perf.core.model.department import Department
from xl_perf.core.profile import Profile
from xl_perf.files.output import WITH_MACROS, check_new, check_target, replacing
from xl_perf.service.placing import Written


class Made(NamedTuple):
    """A new workbook: where it landed, what is in it, and which sources could not be read."""

    written: Written
    totals: Totals
    notes: tuple[str, ...]
    errors: tuple[BookError, ...]


def new_workbook(
    out: str,
    sources: Sequence[str],
    name: str | None,
    year: int | None,
    profile: Profile,
    amounts: "Amounts | None" = None,
) -> Made:
    """A department workbook, empty or with all forms of the sources: performance texts, workbooks and folders of them.

    A .xlsm has buttons.

    With ``year`` every source is rolled forward from its own year (`core.rolling`), with what ``amounts`` says, which
    are kept otherwise. Raises `OutputError` where OUT exists or cannot be written, `BookError` where not one source can
    be read. A bad source among good ones is listed in the result, and so is every text of a source that found no place.
    """
    from xl_perf.core.making.merging import merge, origins
    from xl_perf.core.making.rolling import Amounts, roll
    from xl_perf.text.sources import read_sources

    check_new(Path(out), WITH_MACROS)
    sought = read_sources(sources)
    if sources and not sought.departments:
        raise sought.errors[0]
    rolled = [roll(department, year, amounts or Amounts.KEEP) for department in sought.departments]
    department = merge([one.department for one in rolled], name, year)
    written = _write_department(out, department, profile, new=True)
    notes = (*origins(sought.departments), *(note for one in rolled for note in one.notes), *sought.unplaced)
    return Made(written, add_up(map(totals_of, department.projects)), notes, sought.errors)


def write_template(out: str, profile: Profile, overwrite: bool = False) -> Written:
    """The blank template, .xlsm with buttons or .xlsx without; as .xlam the add-in, which brings the buttons only.

    Raises `OutputError` where OUT must not or cannot be written.
    """
    check_target(Path(out), (), overwrite, (*WITH_MACROS, ".xlam"))
    if Path(out).suffix.lower() != ".xlam":
        from xl_perf.core.making.merging import merge

        return _write_department(out, merge([]), profile)
    from xl_perf.written.template import write_addin

    with replacing(Path(out)) as output:
        write_addin(output.temp)
    return Written(output.path, output.notice)


def _write_department(out: str, department: Department, profile: Profile, *, new: bool = False) -> Written:
    from xl_perf.written.template import write_department

    with replacing(Path(out), new=new) as output:
        write_department(output.temp, department, profile, macros=output.path.suffix.lower() == ".xlsm")
    return Written(output.path, output.notice)
