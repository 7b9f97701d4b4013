"""Records: `NamedTuple` and frozen dataclasses that cost a start next to nothing.

To the type checker these are the standard library's own, and they behave as those do; but the code
that makes an instance is compiled when the first one is made. A run loads hundreds of records and
makes instances of a third of them, and compiling each took a tenth of its time.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from dataclasses import dataclass as dataclass
    from dataclasses import field as field
    from dataclasses import replace as replace
    from typing import NamedTuple as NamedTuple
else:
    from _collections import _tuplegetter
    from operator import attrgetter
    from sys import intern

    _MISSING = object()

    def _compiled(name: str, head: str, body: str, names: dict[str, Any]) -> Any:
        """A function of this source."""
        exec(f"def {name}({head}):\n    {body}", names)  # noqa: S102 - our own field names
        return names[name]

    def _arguments(fields: tuple[str, ...], defaults: dict[str, Any], names: dict[str, Any]) -> str:
        """The parameters of a record's fields; their defaults go into the names."""
        names |= {f"_default_{name}": value for name, value in defaults.items()}
        written = (f"{name}=_default_{name}" if name in defaults else name for name in fields)
        return ", ".join(written)

    # -- tuples ------------------------------------------------------------------------------

    def _new_of(made: type) -> Any:
        """The constructor of a record, compiled when it is first called."""

        def new(cls: type, *given: Any, **named: Any) -> Any:
            names: dict[str, Any] = {"_of": tuple.__new__}
            arguments = _arguments(made._fields, made._field_defaults, names)
            parts = "".join(f"{name}, " for name in made._fields)
            compiled = _compiled(
                "__new__", f"_cls, {arguments}", f"return _of(_cls, ({parts}))", names
            )
            compiled.__qualname__ = f"{made.__qualname__}.__new__"
            made.__new__ = staticmethod(compiled)
            return compiled(cls, *given, **named)

        return staticmethod(new)

    def _make(cls: type, values: Any) -> Any:
        made = tuple.__new__(cls, values)
        if len(made) != len(cls._fields):
            raise TypeError(f"Expected {len(cls._fields)} arguments, got {len(made)}")
        return made

    def _replace(self: Any, /, **changes: Any) -> Any:
        made = self._make(map(changes.pop, self._fields, self))
        if changes:
            raise ValueError(f"Got unexpected field names: {list(changes)!r}")
        return made

    def _asdict(self: Any) -> dict[str, Any]:
        return dict(zip(self._fields, self, strict=True))

    def _told(self: Any) -> str:
        parts = zip(self._fields, self, strict=True)
        return f"{type(self).__name__}({', '.join(f'{name}={value!r}' for name, value in parts)})"

    def _arguments_of(self: Any) -> tuple[Any, ...]:
        return tuple(self)

    _SHARED = {
        "_make": classmethod(_make),
        "_replace": _replace,
        "__replace__": _replace,
        "_asdict": _asdict,
        "__repr__": _told,
        "__getnewargs__": _arguments_of,
    }

    class _Named(type):
        """Makes a tuple with names of what looks like a class."""

        def __new__(mcs, name: str, bases: tuple[type, ...], body: dict[str, Any]) -> type:
            fields = tuple(map(intern, body.get("__annotations__", ())))
            defaults = {field: body.pop(field) for field in fields if field in body}
            getters = {field: _tuplegetter(place, "") for place, field in enumerate(fields)}
            own: dict[str, Any] = {
                "_fields": fields,
                "_field_defaults": defaults,
                "__match_args__": fields,
            }
            others = bases[1:]  # Generic, where it is of any type
            if others:
                own["__class_getitem__"] = vars(others[0])["__class_getitem__"]
            whole = {"__slots__": (), **_SHARED, **own, **getters, **body}
            made = type(name, (tuple, *others), whole)
            made.__new__ = _new_of(made)
            return made

    NamedTuple = type.__new__(_Named, "NamedTuple", (), {})

    # -- frozen dataclasses --------------------------------------------------------------------

    class _Field:
        __slots__ = ("compare", "default")

        def __init__(self, default: Any, compare: bool) -> None:
            self.default, self.compare = default, compare

    def field(*, default: Any = _MISSING, compare: bool = True) -> Any:
        """A field with a default, or one that does not count when two records are compared."""
        return _Field(default, compare)

    def _init_of(fields: dict[str, _Field]) -> Any:
        """The initialiser of a record, compiled when it is first called."""

        def init(self: Any, *given: Any, **named: Any) -> None:
            made = next(cls for cls in type(self).__mro__ if vars(cls).get("__init__") is init)
            defaults = {
                n: said.default for n, said in fields.items() if said.default is not _MISSING
            }
            names: dict[str, Any] = {f"_set_{name}": getattr(made, name).__set__ for name in fields}
            lines = [f"_set_{name}(self, {name})" for name in fields]
            checked = ["self.__post_init__()"] if hasattr(made, "__post_init__") else []
            head = f"self, {_arguments(tuple(fields), defaults, names)}"
            made.__init__ = _compiled("__init__", head, "; ".join([*lines, *checked]), names)
            made.__init__(self, *given, **named)

        return init

    def _frozen(self: Any, name: str, *_: Any) -> None:
        raise AttributeError(f"cannot assign to field {name!r}")

    def _equal(self: Any, other: Any) -> Any:
        if other.__class__ is not self.__class__:
            return NotImplemented
        return self._compared(self) == self._compared(other)

    def _hash(self: Any) -> int:
        return hash(self._compared(self))

    def _shown(self: Any) -> str:
        parts = ", ".join(f"{name}={getattr(self, name)!r}" for name in self.__match_args__)
        return f"{self.__class__.__qualname__}({parts})"

    def _state(self: Any) -> list[Any]:
        return [getattr(self, name) for name in self.__match_args__]

    def _restored(self: Any, state: list[Any]) -> None:
        for name, value in zip(self.__match_args__, state, strict=True):
            object.__setattr__(self, name, value)

    def _changed(self: Any, /, **changes: Any) -> Any:
        return type(self)(**{name: getattr(self, name) for name in self.__match_args__} | changes)

    _NOT_COPIED = {"__dict__", "__weakref__"}
    _FROZEN = {
        "__eq__": _equal,
        "__hash__": _hash,
        "__repr__": _shown,
        "__setattr__": _frozen,
        "__delattr__": _frozen,
        "__getstate__": _state,
        "__setstate__": _restored,
        "__replace__": _changed,
    }

    def dataclass(*, frozen: bool, slots: bool) -> Any:
        """A class whose instances hold the annotated fields in slots and never change."""
        if not (frozen and slots):
            raise TypeError("records are frozen and have slots")
        return _dataclass

    def _dataclass(cls: type) -> type:
        body = {name: value for name, value in vars(cls).items() if name not in _NOT_COPIED}
        own = [
            name for name, kind in body.get("__annotations__", {}).items() if "ClassVar" not in kind
        ]
        fields = dict(getattr(cls, "_fields", {}))
        for name in own:
            said = body.pop(name, _MISSING)
            fields[name] = said if isinstance(said, _Field) else _Field(said, compare=True)
        compared = attrgetter(*(name for name, said in fields.items() if said.compare))
        names = {"__slots__": tuple(own), "__match_args__": tuple(fields)}
        of_fields = {"_fields": fields, "_compared": compared, "__init__": _init_of(fields)}
        return type(cls)(cls.__name__, cls.__bases__, {**_FROZEN, **of_fields, **body, **names})

    def replace(record: Any, /, **changes: Any) -> Any:
        """The same record with other values in some fields."""
        return record.__replace__(**changes)
