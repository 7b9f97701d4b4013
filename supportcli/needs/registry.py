"""The list of all needs, and what a customer needs as a value."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from fractions import Fraction

from supportcli.core.catalogue import Catalogue
from supportcli.core.plan import TICKETS, Plan, Tam
from supportcli.errors import Message, UsageError, quoted
from supportcli.inputs.values.names import id_of, leaves_open, no_plan, read_name, wanted
from supportcli.inputs.values.reader import FlagTexts
from supportcli.inputs.values.texts import is_unknown
from supportcli.needs.channels import ChannelNeed, unusable
from supportcli.needs.hours import HOURS_NAMES, HoursNeed, ServiceHours
from supportcli.needs.need import Asked, Need, NeedResult, RowValue
from supportcli.needs.response import ResponseNeed
from supportcli.needs.services import ServiceNeed
from supportcli.needs.tam import Degree, TamNeed, degree_of
from supportcli.needs.tickets import TicketsNeed


def _kinds(*kinds: type[Need]) -> tuple[type[Need], ...]:
    """The kinds; one that leaves out a method is an error of types here."""
    return kinds


KINDS = _kinds(
    ResponseNeed,
    HoursNeed,
    TamNeed,
    TicketsNeed,
    ServiceNeed,
    ChannelNeed,
)
"""Every need there is, in the order in which results, columns and sentences tell them."""
IN_QUESTIONS = _kinds(
    ResponseNeed,
    ChannelNeed,
    HoursNeed,
    TamNeed,
    ServiceNeed,
    TicketsNeed,
)
"""The same in the order in which they are asked for; what counts for the others goes first."""
FIELDS = tuple(kind.field for kind in IN_QUESTIONS)
ROW_COLUMNS = tuple(column for kind in KINDS for column in kind.row)
SHORT_FOR = {name: (kind.field, text) for kind in KINDS for name, text in kind.short.items()}
"""Flags that stand for a text of another one."""
_TEXTS = FlagTexts()
SWITCHES = tuple(kind.field for kind in KINDS if kind.switch)


class Needs(Asked):
    """The requirements; what is left out excludes no plan.

    `tam` is None where nobody said: the advice then goes without and names the price of one;
    "named" asks for one who may serve several customers.
    `tickets` are those of the busiest month. `without_channels` are the ids that cannot be used,
    `services` those that the plan must contain; `hours` are 24x7 or business.
    `current_plan` is the plan that the customer has today, which stays open to it.
    """

    __slots__ = ()

    def __init__(
        self,
        response: str | Iterable[str | ResponseNeed] = (),
        tam: bool | str | None = None,
        tickets: int | str | None = None,
        without_channels: str | Iterable[str] = (),
        current_plan: str | None = None,
        services: Iterable[str] = (),
        hours: ServiceHours | str | None = None,
    ) -> None:
        """Texts are read as the command line reads them: Needs("半小时", current_plan="顶级").

        Names are looked up in the catalogue that the needs are held against.

        Raises:
            AmountError: a text is no response time.
            UsageError: a TAM that is no truth value, tickets that are no whole number of 0 or more,
                other hours, a severity with two times, nothing and something asked for together.
        """
        times = (response,) if isinstance(response, str) else response
        said = [time for time in times if isinstance(time, str)]
        read = [ResponseNeed.of(time) for time in wanted(said)]
        read += [time for time in times if not isinstance(time, str)]
        if len({need.severity for need in read}) < len(read):
            raise UsageError(Message("a severity has one response time"))
        channels = (without_channels,) if isinstance(without_channels, str) else without_channels
        named = (services,) if isinstance(services, str) else services
        if not (tam is None or isinstance(tam, bool | str)):
            known = ("True", "False", "None", "'named'")
            raise UsageError(
                Message("{text} is not one of: {known}", text=quoted(str(tam)), known=known)
            )
        if tickets is not None:
            tickets = None if _unknown(tickets) else _TEXTS.count(str(tickets))
        needs: list[Need] = [*read, *map(ChannelNeed, set(wanted([*channels])))]
        needs += [] if tam is None or _unknown(tam) else [TamNeed(_degree(tam))]
        needs += map(ServiceNeed, dict.fromkeys(wanted([*named])))
        needs += [] if hours is None or _open(hours) else [HoursNeed(_hours(hours))]
        needs += [] if tickets is None else [TicketsNeed(tickets)]
        none = current_plan is None or no_plan(current_plan)
        super().__init__(_in_order(needs), None if none else current_plan)

    def __repr__(self) -> str:
        """What is asked for, as a call that asks for the same."""
        given: dict[str, object] = {}
        for kind in KINDS:
            given |= kind.arguments(self)
        given |= {} if self.current_plan is None else {"current_plan": self.current_plan}
        return f"Needs({', '.join(f'{name}={value!r}' for name, value in given.items())})"

    @classmethod
    def from_asked(cls, needs: Iterable[Need], current_plan: str | None = None) -> Needs:
        """The needs that are listed, no two with the same key."""
        return cls(current_plan=current_plan).having(needs)

    def having(self, needs: Iterable[Need]) -> Needs:
        """Other needs and the same plan of today."""
        return Asked.having(self, _in_order(needs))

    @property
    def response(self) -> tuple[ResponseNeed, ...]:
        """How soon a first response must come, by severity."""
        return self.each(ResponseNeed)

    @property
    def tam(self) -> bool | None:
        """Whether a TAM is needed; None where nobody said."""
        return next((need.asks for need in self.each(TamNeed)), None)

    @property
    def tickets(self) -> int | None:
        """How many tickets the busiest month has."""
        counts = (need.count for need in self.each(TicketsNeed) if need.what == TICKETS)
        return next(map(int, counts), None)

    @property
    def without_channels(self) -> frozenset[str]:
        """The ids of the channels that cannot be used."""
        return unusable(self)

    def of(self, catalogue: Catalogue, quantities: Mapping[str, Fraction] | None = None) -> Needs:
        """The same needs with the catalogue's gravest severity where a time names none.

        Names become ids; quantities that a limit counts become needs too.

        Raises:
            UsageError: two names of the same severity, with different times.
        """
        current = None if self.current_plan is None else id_of(self.current_plan, catalogue.plans)
        needs: dict[str, Need] = {}
        for need in (need.in_catalogue(catalogue) for need in self.needs):
            if needs.setdefault(need.key, need) != need:
                name = quoted(need.key.rpartition(":")[2])
                raise UsageError(Message("{name} is given twice; keep one", name=name))
        found = Needs.from_asked(needs.values(), current)
        for need in _counted(catalogue, quantities or {}):
            found = found.with_need(need)
        return found


def _counted(catalogue: Catalogue, quantities: Mapping[str, Fraction]) -> Iterator[Need]:
    """Quantities that a limit of a plan counts.

    Raises:
        UsageError: a quantity that the catalogue does not have.
    """
    counts = {limit.counts for plan in catalogue.plans for limit in plan.limits}
    known = counts | {quantity.id for quantity in catalogue.quantities}
    for name, number in quantities.items():
        if name not in known:
            read_name(name, catalogue.quantities)
        if name in counts:
            yield TicketsNeed(number, name)


def _unknown(value: object) -> bool:
    return isinstance(value, str) and is_unknown(value)


def _open(value: object) -> bool:
    return isinstance(value, str) and leaves_open(value)


def _degree(tam: bool | str) -> Degree | None:
    if isinstance(tam, str):
        return degree_of(tam)
    return Tam.DEDICATED if tam else None


def _hours(hours: ServiceHours | str) -> ServiceHours:
    if isinstance(hours, ServiceHours):
        return hours
    return ServiceHours(_TEXTS.name(hours, HOURS_NAMES))


def _in_order(needs: Iterable[Need]) -> tuple[Need, ...]:
    """By kind; channels by their ids, all others as they were given."""

    def place(need: Need) -> tuple[int, str]:
        return KINDS.index(type(need)), need.key if isinstance(need, ChannelNeed) else ""

    return tuple(sorted(needs, key=place))


def fit(catalogue: Catalogue, plan: Plan, needs: Asked) -> tuple[NeedResult, ...]:
    """How the plan stands to every need, in the order of the kinds."""
    results = (need.held_against(catalogue, plan, needs) for need in needs.needs if need.asks)
    return tuple(result for result in results if result is not None)


def usual_in_rows(catalogue: Catalogue, needs: Asked) -> dict[str, RowValue]:
    """What holds for rows of customers that do not say, by the names of the row columns."""
    return {
        column.name: value
        for kind in KINDS
        for column, value in zip(kind.row, kind.row_usual(catalogue, needs), strict=True)
    }


def row_texts(catalogue: Catalogue) -> dict[str, tuple[str, ...]]:
    """The texts that row columns of texts may hold, by their names."""
    return {
        column.name: kind.row_known(catalogue)
        for kind in KINDS
        for column in kind.row
        if column.type == "TEXT"
    }


def eligible(catalogue: Catalogue, needs: Asked) -> tuple[Plan, ...]:
    """The plans with a known price that meet the needs."""
    return tuple(
        plan
        for plan in catalogue.plans
        if plan.priced
        and all(result.status.counts_as_met for result in fit(catalogue, plan, needs))
    )
