"""New workbooks and templates."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

from xl_perf.core.cells.values import plain
from xl_perf.core.errors import BookError, FormError
from xl_perf.core.figures.missing import Incomplete, missing_from
from xl_perf.core.figures.totals import Totals, add_up, totals_of
from xl_perf.core.forms.kind import Family, FormKind
from xl_perf.core.forms.kinds import DEFAULT, KINDS, Kinds, kind_named
from xl_perf.core.forms.learned import holding_in, with_learned
from xl_perf.core.forms.marks import GUIDE_SUFFIXES
from xl_perf.core.making.rolling import Amounts
from xl_perf.core.model.department import Department
from xl_perf.core.profile import Profile, ProfileError
from xl_perf.files.candidates import DOCUMENTS
from xl_perf.files.inputs import Found
from xl_perf.files.output import WITH_MACROS, check_new, check_target, replacing
from xl_perf.profiles import for_form
from xl_perf.saved.guides import kind_of_guide, kinds_beside, load
from xl_perf.service.placing import Written
from xl_perf.service.results import own_profile

if TYPE_CHECKING:
    from xl_perf.core.making.own_kinds import Into
    from xl_perf.core.model.project import Project
    from xl_perf.core.workbook.library import LibraryRow
    from xl_perf.saved.limits import Limits
    from xl_perf.text.sources import Sources


class Taken(NamedTuple):
    """How much came in from one source."""

    path: str
    projects: int
    indicators: int


class Made(NamedTuple):
    """A new workbook: where it landed, what is in it, what came from where, and what could not be read.

    ``notes`` name what stayed behind, ``warnings`` what changes the totals, ``skipped`` files in folders that are
    neither workbooks nor texts.
    """

    written: Written
    totals: Totals
    taken: tuple[Taken, ...]
    notes: tuple[str, ...]
    warnings: tuple[str, ...]
    errors: tuple[BookError, ...]
    skipped: Found
    profile: Profile
    texts_in_folders: tuple[str, ...]
    """Performance texts are read where they are named themselves."""
    form: str = ""
    """Which kind of form blank ones are of, and those of projects that are of another, in Chinese."""

    @property
    def came_in(self) -> str:
        """One line on what came in, by source where there are several."""
        whole = _count(sum(one.projects for one in self.taken), sum(one.indicators for one in self.taken))
        each = "；".join(f"{one.path} {one.projects} 个、{one.indicators} 个" for one in self.taken)
        if len(self.taken) > _MOST_SOURCES:
            each = f"来自 {sum(one.projects > 0 for one in self.taken)} 个来源"
        return f"收进 {whole}{f'（{each}）' if len(self.taken) > 1 else ''}"


_FEN: Final = 6
"""Decimals of 万元."""
_MOST_SOURCES: Final = 10
"""So many are named one by one."""


def _count(projects: int, indicators: int) -> str:
    return f"{projects} 个项目，{indicators} 个指标"


def new_workbook(
    out: str,
    sources: Sequence[str],
    name: str | None,
    year: int | None,
    profile: Profile | None,
    amounts: "Amounts | None" = None,
    *,
    form: str | None = None,
    was_given: bool = False,
    limits: "Limits | None" = None,
) -> Made:
    """A department workbook, empty or with all forms of the sources: performance texts, workbooks and folders of them.

    A .xlsm has buttons. Every project keeps its kind of form; blank forms are of the one called ``form``, else of the
    kind that most projects have, else of the profile's first. Without a profile, that of the kind is taken. A workbook
    is read with the kinds of the profile if that ``was_given``, else with those of its department's own beside it, else
    of the profile; and by the 样表 that ``form`` names.

    With ``year`` every source is rolled forward from its own year (`core.making.rolling`), with what ``amounts`` says,
    which are kept otherwise. Raises `FormError` for a kind that cannot be written, `OutputError` where OUT exists or
    cannot be written, `BookError` where not one source can be read or all hold nothing but tables of other kinds. A bad
    source among good ones is listed in the result, and so is everything in a source that found no place. Sources are
    read in a process that is held to ``limits``.
    """
    from xl_perf.core.making.changed import changes
    from xl_perf.core.making.converting import fitted, left_behind
    from xl_perf.core.making.library import moved, offered
    from xl_perf.core.making.merging import has_goals, kind_of, merge, origins
    from xl_perf.core.making.own_kinds import into_of
    from xl_perf.core.making.rolling import Amounts, roll
    from xl_perf.profiles.indicator_library import shipped
    from xl_perf.text.sources import read_sources

    wanted_kind = None if form is None else kind_called(form)
    check_new(Path(out), WITH_MACROS)
    first = profile or load()
    own = kinds_beside(Path(out), first.kinds)
    if wanted_kind is not None and wanted_kind.learned is not None:
        own = with_learned((wanted_kind,), own)  # what is given in that form is read by it
    sought = read_sources(sources, lambda path: own if was_given else _own_kinds(path, own), limits)
    if sources and not sought.read:
        raise sought.errors[0]
    came = [source.department for source in sought.read]
    if any(one.tables for one in came) and not any(one.projects or has_goals(one) for one in came):
        raise _only_others(sought)
    wanted = amounts or Amounts.KEEP
    rolled = [roll(department, year, wanted) for department in came]
    department = merge([one.department for one in rolled], name, year)
    likely = first if profile else for_form(kind_of(department.projects, first.first_kind).shipped)
    if wanted_kind is None and own != first.kinds:
        wanted_kind = holding_in(department.year, own)[0]  # a 样表 lies where the workbook is to lie
    kind = wanted_kind or kind_of([one for one in department.projects if one.kind.is_written], likely.first_kind)
    kind, profile = _writable(kind), profile or for_form(kind.shipped)
    into = into_of(department.projects, kind, own, department.year, is_named=form is not None)
    made = fitted(department, into)
    library = offered(
        [roll(one, year).department for one in came],
        [moved(one.library, one.department.year, year) for one in sought.read if one.library],
        shipped(profile, department.year),
    )
    written = _write_department(out, made, profile, kind, library, read_by=own)
    with_amounts = wanted is Amounts.KEEP
    told = [source.told(with_amounts=with_amounts) for source in sought.read]
    missing = _missing(came, sought.errors) if with_amounts else ()
    return Made(
        written,
        add_up(map(totals_of, made.projects))._replace(incomplete=missing),
        tuple(Taken(one.path, len(one.projects), sum(len(p.indicators) for p in one.projects)) for one in came),
        (
            *origins(came),
            *(note for one in rolled for note in one.notes),
            *(note for one in told for note in one.notes),
            *into.said,
            *left_behind(department, into),
            *changes(_renamed(came, into), profile),
        ),
        tuple(warning for one in told for warning in one.warnings),
        sought.errors,
        replace(sought.found, skipped=[one for one in sought.found.skipped if not one.is_document]),
        profile,
        tuple(one.path for one in sought.found.skipped if one.is_document),
        _forms_said(kind, made),
    )


def _forms_said(kind: FormKind, department: Department) -> str:
    """The kind of the blank forms, then what projects of other kinds are of, each with how many."""
    others = Counter(_called(project.kind) for project in department.projects if project.kind.name != kind.name)
    more = "、".join(f"{name} {number} 个项目" for name, number in others.items())
    return f"{_called(kind)}{f'；照来源的表样：{more}' if more else ''}"


def _called(kind: FormKind) -> str:
    return f"样表“{kind.name}”" if kind.learned is not None else f"{kind.name}（{kind.title}）"


def _renamed(sources: Sequence[Department], into: "Into") -> Iterator[tuple["Project", str]]:
    """The projects that were read from workbooks, each with the name of its new sheet."""
    from xl_perf.core.making.placing import sheets_of

    projects = [
        (project, Path(one.path).suffix.lower() not in DOCUMENTS) for one in sources for project in one.projects
    ]
    names = sheets_of([into.of(one.kind) for one, _ in projects])
    for (project, has_sheet), name in zip(projects, names, strict=True):
        if has_sheet:
            yield project, name


def _own_kinds(workbook: Path, kinds: Kinds) -> Kinds:
    """The kinds as the workbook's department has them, else those given."""
    try:
        own = own_profile(workbook)
        return kinds_beside(workbook, own.profile.kinds if own else kinds)
    except ProfileError as error:
        raise BookError("profile", str(workbook), error.message, error.remedy) from None


def _missing(departments: Iterable[Department], errors: Iterable[BookError]) -> tuple[Incomplete, ...]:
    """What the totals lack: forms whose money was not read, sources that were not."""
    lost = [one for department in departments for one in missing_from(department)]
    return (*lost, *(Incomplete(error.path, None, error.message.removeprefix(f"{error.path}：")) for error in errors))


def _only_others(sought: "Sources") -> BookError:
    """Nothing but tables of other kinds came: named, each with its title and kind."""
    from xl_perf.core.making.told import kind_said

    paths = [source.department.path for source in sought.read if source.department.tables]
    found = Counter(kind_said(table) for source in sought.read for table in source.department.tables)
    tables = [said if times == 1 else f"{times} 张{said}" for said, times in found.items()]
    unread = f"；没有读入：{'、'.join(error.path for error in sought.errors)}" if sought.errors else ""
    shown = "、".join(tables[:_MOST_SOURCES]) + (f"等 {found.total()} 张" if len(tables) > _MOST_SOURCES else "")
    message = f"没有能收进来的项目绩效目标表，只有{shown}{unread}"
    return BookError("no-forms", "、".join(paths), message, "请给出项目绩效目标表；或去掉 --from，新建后另填")


def kind_called(name: str) -> FormKind:
    """The kind of form of that name, or of the 样表 at that path.

    Raises `FormError` where there is none, or its forms cannot be written, `ProfileError` for a 样表 of no use.
    """
    kind = kind_of_guide(Path(name)) if Path(name).suffix.lower() in GUIDE_SUFFIXES else kind_named(name)
    if kind is not None and (kind.is_written or kind.learned):
        return _writable(kind)
    known = "、".join(f"{one.name}（{one.title}）" for one in KINDS if one.is_written)
    if kind is not None and kind.is_read and kind.family is Family.TARGETS:
        what = f"“{kind.name}”（{kind.title}）要先写成样表才能新建"
        raise FormError(what, f"请先运行 xl-perf form show {kind.name} -o 样表.xlsx，再用 --form 样表.xlsx")
    what = f"没有名称是“{name}”的表样" if kind is None else f"“{kind.name}”（{kind.title}）只能读或辨认，还不能新建"
    raise FormError(what, f"--form 可用的有：{known}")


def _writable(kind: FormKind) -> FormKind:
    """The kind, if its forms are written. Raises `FormError`, which says why those of a 样表 are not."""
    sheet = kind.own_sheet
    if kind.is_written or sheet is None:
        return kind
    remedy = "照它填好的表照样能读、能校验、能汇总；新建请用 --form 指定自带的表样"
    raise FormError(f"样表“{kind.name}”还不能用来新建：{sheet.problem}", remedy)


def write_template(out: str, profile: Profile | None, overwrite: bool = False, form: str | None = None) -> Written:
    """The blank template, .xlsm with buttons or .xlsx without; as .xlam the add-in, which brings the buttons only.

    Its forms are of the kind called ``form``, else of the 样表 that lies beside, of the latest year first, else of the
    profile's first; without a profile that of the kind is taken.
    Raises `OutputError` where OUT must not or cannot be written, `FormError` for a kind that cannot be.
    """
    check_target(Path(out), (), overwrite, (*WITH_MACROS, ".xlam"))
    first = profile or load()
    is_addin = Path(out).suffix.lower() == ".xlam"
    beside = first.kinds if form is not None or is_addin else kinds_beside(Path(out), first.kinds)
    own = next((kind for kind in beside if kind.learned is not None), None) if beside != first.kinds else None
    kind = _writable(own or first.first_kind) if form is None else kind_called(form)
    profile = profile or for_form(kind.shipped)
    if not is_addin:
        from xl_perf.core.making.merging import merge

        return _write_department(out, merge([]), profile, kind)
    from xl_perf.written.template import write_addin

    with replacing(Path(out)) as output:
        write_addin(output.temp)
    return Written(output.path, output.notice)


def _write_department(
    out: str,
    department: Department,
    profile: Profile,
    kind: FormKind = DEFAULT,
    library: "Sequence[LibraryRow] | None" = None,
    *,
    read_by: Kinds | None = None,
) -> Written:
    """``read_by``: the workbook is a new one, which will be read by these kinds. Raises `FormError`."""
    from xl_perf.written.template import write_department

    with replacing(Path(out), new=read_by is not None) as output:
        macros = output.path.suffix.lower() == ".xlsm"
        write_department(output.temp, department, profile, kind=kind, macros=macros, library=library)
        if read_by is not None and any(project.kind.learned for project in department.projects):
            _compare_money(output.temp, department, read_by)
    return Written(output.path, output.notice, tuple(_not_carried(department, kind)))


def _compare_money(path: Path, department: Department, kinds: Kinds) -> None:
    """Raises `FormError` where amounts on an office's own forms read otherwise than they were written."""
    from xl_perf.core.reading import read_department
    from xl_perf.saved.workbook import read_book

    read = read_department(read_book(path, path.name), kinds)
    written, again = ([one for one in map(_money, every) if any(one)] for every in (department.projects, read.projects))
    if written == again:
        return
    amount = next((one for one in written if one not in again), None) or next(iter(again), (Decimal(0),))
    project = next((one for one in department.projects if _money(one) == amount), None)
    which = f"项目“{project.title}”的金额（{'、'.join(map(plain, amount))} 万元）" if project is not None else "金额"
    raise FormError(
        f"没有写出：{which}按样表写进去，读回来不一样",
        "请用 form check 核对样表上金额的标签和单位；或用 --form 指定自带的表样",
    )


def _money(project: "Project") -> tuple[Decimal, ...]:
    """Budget, money of the treasury and other money, in 万元, to a hundredth of a 元."""
    amounts = totals_of(project).amounts
    return tuple(round(amounts[key], _FEN) for key in ("budget", "fiscal", "other"))


def _not_carried(department: Department, kind: FormKind) -> Iterator[str]:
    """A sentence for each office's own form on what its sheet has and ours lack."""
    own = dict.fromkeys(one.own_sheet for one in (kind, *(project.kind for project in department.projects)))
    for sheet in own:
        if sheet is not None:
            from xl_perf.written.own_over import not_carried_from

            yield from not_carried_from(sheet)
