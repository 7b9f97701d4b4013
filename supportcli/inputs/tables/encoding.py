"""Which encoding a table is in: said by its first bytes, by the user, or found, never guessed.

A file that is not UTF-8 is read as GB18030 only where the result is modern Chinese. Nearly any
bytes decode as GB18030, so that they do is no evidence. The check: of the characters that are no
punctuation at least two, and three in five, are among the 778 that make up nine tenths of Chinese
business text (all of them where there are fewer than four), and one lies where Korean bytes never
do. Japanese, Big5 and Russian bytes land all over the 6,763 characters of GB2312, or beyond: one
in five is common; a lone ü and the letter after it make a rare one.
"""

from __future__ import annotations

import codecs
import unicodedata
from collections import Counter

from supportcli.errors import Message, UsageError, quoted
from supportcli.inputs.tables.files import TableFile, chunks_of
from supportcli.inputs.tables.rows import refuse
from supportcli.patterns import regex
from supportcli.record import NamedTuple

_COMMON = frozenset(
    "的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动同工也能下过子说产种面而方后多"
    "定行学法所民得经十三之进着等部度家电力里如水化高自二理起小物现实加量都两体制机当使点从业本去把性好应开它合还因"
    "由其些然前外天政四日那社义事平形相全表间样与关各重新线内数正心反你明看原又么利比或但质气第向道命此变条只没结解"
    "问意建月公无系军很情者最立代想已通并提直题党程展五果料象员革位入常文总次品式活设及管特件长求老头基资边流路级少"
    "图山统接知较将组见计别她手角期根论运农指几九区强放决西被干做必战先回则任取据处队南给色光门即保治北造百规热领七"
    "海口东导器压志世金增争济阶油思术极交受联什认六共权收证改清己美再采转更单风切打白教速花带安场身车例真务具万每目"
    "至达走积示议声报斗完类八离华名确才科张信马节话米整空元况今集温传土许步群广石记需段研界拉林律叫且究观越织装影算"
    "低持音众书布复容儿须际商非验连断深难近矿千周委素技备半办青省列习响约支般史感劳便团往酸历市克何除消构府称太准精"
    "值号率族维划选标写存候毛亲快效斯院查江型眼王按格养易置派层片始却专状育厂京识适属圆包火住调满县局照参红细引听该"
    "铁价严龙飞账户费付款额金币税票购售销客服购物流云网络软件账单级优贵购供货仓储租赁股份限司集团企投融银行保险基咨询"
    "顾问贸易食品药医疗健康汽房地置酒店旅游餐饮教培训传媒广告文创娱乐游戏视频直播移联互智慧数字能源环境电子通讯设备械"
    "李刘陈杨赵黄吴徐孙胡朱郭何罗高梁郑谢宋唐许邓冯韩曹曾彭萧蔡潘田董袁余叶蒋杜苏魏吕丁任沈姚卢姜崔钟谭陆汪范石廖贾"
    "韦夏付方邹熊白孟秦邱侯尹薛雷段郝孔邵史毛常万顾赖武康贺伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英玉萍红梅鑫"
    "浩宇轩梓涵子欣怡佳俊杰博婷雪琳莹晨阳鹏飞辉斌波健峰龙凤兰云珍建国志文海林晓春天津沪重庆河冀晋辽吉黑浙皖闽赣鲁豫"
    "鄂湘粤琼川蜀贵州滇陕甘肃青宁夏疆藏蒙古桂港澳台湾岛州深圳杭苏锡常成都武汉长沙合肥福厦宁波温州无佛东莞珠惠昆明兰银"
    "备注项目编期季度月份是否无有待确认已完成请见附件原因说明联系电话邮箱地址姓性别年龄级别部门岗职责客户响应时间分钟小时"
    "支持计划等方案折扣优惠券代抵扣预后含未免试用续约升降换退订测产环研运维财采购法务行政市场渠道伙伴阿里腾讯百度华京东字"
)
# Spaces, punctuation, full-width forms and signs: in no language's favour.
_NEUTRAL = regex(
    "[\u00a0-\u00bf\u00d7\u00f7\u2000-\u206f\u2190-\u22ff\u3000-\u303f\uff00-\uffef￥€]"
)
_FOREIGN = regex("[^\x00-\x7f]+")
_PRIVATE = regex("[\ue000-\uf8ff\U000f0000-\U0010ffff]")
_FEW = 4
_SHARE = 0.6
# Lead bytes of GB2312: Korean syllables end before 0xC9, characters rarely written begin at 0xD8.
_AFTER_HANGUL = 0xC9
_RARER = 0xD8
_HEAD = 64 * 1024
_NOT_FOR_FILES = ("unicode_escape", "raw_unicode_escape", "idna", "punycode", "undefined")


class Encoding(NamedTuple):
    """A codec's name, and what to say about it where it is not plain UTF-8."""

    codec: str
    notes: tuple[Message, ...] = ()


def checked(name: str) -> str:
    """The codec that the user asked for.

    Raises:
        UsageError: Python knows no such text encoding.
    """
    try:
        codec = codecs.lookup(name).name
        known = (
            codec.replace("-", "_") not in _NOT_FOR_FILES
            and "a,\n".encode(codec).decode(codec) == "a,\n"
        )
    except (LookupError, ValueError):
        known = False
    if not known:
        raise UsageError(
            Message(
                "--encoding: {name} is not an encoding; write one such as utf-8, gb18030, big5",
                name=quoted(name),
            )
        )
    return "utf-8-sig" if codec == "utf-8" else codec


def encoding_of(source: TableFile, asked: str | None) -> Encoding:
    """The encoding of the whole table, every byte of it tried.

    Raises:
        TableError: not text, or text in an encoding that only the user can name.
        UsageError: the encoding asked for does not exist.
    """
    if asked is not None:
        return _asked(source, checked(asked))
    head = next(chunks_of(source), b"")[:_HEAD]
    if head.startswith((b"\xff\xfe\x00\x00", b"\x00\x00\xfe\xff")):
        return _marked(source, "utf-32")
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return _marked(source, "utf-16")
    _refuse_wide(source, head)
    if _first_fault(source, "utf-8-sig") is None:
        return Encoding("utf-8-sig")
    _refuse_broken_utf8(source)
    return _gb18030(source)


def _asked(source: TableFile, codec: str) -> Encoding:
    fault = _first_fault(source, codec)
    if fault:
        refuse(
            f"{source.shown}:{fault}",
            Message("is not in the encoding {name}; give another --encoding", name=codec),
        )
    if codec == "utf-8-sig":
        return Encoding(codec)
    return Encoding(codec, (Message("read as {encoding}", encoding=codec.upper()),))


def _marked(source: TableFile, codec: str) -> Encoding:
    fault = _first_fault(source, codec)
    if fault:
        refuse(source.shown, Message("is not whole {name}; save it as UTF-8", name=codec.upper()))
    return Encoding(codec, (Message("read as {encoding}", encoding=codec.upper()),))


def _first_fault(source: TableFile, codec: str) -> int | None:
    """The line on which decoding fails, None where it does not."""
    decoder = codecs.getincrementaldecoder(codec)("strict")
    lines = 1
    chunk = b""
    try:
        for chunk in chunks_of(source):
            decoder.decode(chunk)
            lines += chunk.count(b"\n")
        chunk = b""
        decoder.decode(b"", final=True)
    except UnicodeError as error:
        start = getattr(error, "start", 0)
        return lines + chunk.count(b"\n", 0, start)
    return None


def _refuse_wide(source: TableFile, head: bytes) -> None:
    """UTF-16 without its mark has a NUL in every other byte of its separators and figures."""
    nuls = head.count(b"\x00")
    if nuls < _FEW or nuls * 10 < len(head):
        return
    odd = head[1::2].count(b"\x00")
    if max(odd, nuls - odd) * 10 >= nuls * 9:
        refuse(source.shown, Message("looks like UTF-16 without its mark; save it as UTF-8"))
    refuse(source.shown, Message("is not a text file; give a CSV, XLSX or Parquet file"))


def _refuse_broken_utf8(source: TableFile) -> None:
    """A file that is UTF-8 but for a few bytes is damaged, not Chinese."""
    good = bad = 0
    decoder = codecs.getincrementaldecoder("utf-8-sig")("replace")
    for chunk in chunks_of(source):
        foreign = "".join(_FOREIGN.findall(decoder.decode(chunk)))
        bad += foreign.count("\ufffd")
        good += len(foreign) - foreign.count("\ufffd")
    if good > bad:
        refuse(
            f"{source.shown}:{_first_fault(source, 'utf-8-sig')}",
            Message("a byte here is not UTF-8, as the rest is; save the file as UTF-8 again"),
        )


def _gb18030(source: TableFile) -> Encoding:
    decoder = codecs.getincrementaldecoder("gb18030")("strict")
    seen: Counter[str] = Counter()
    try:
        for chunk in chunks_of(source):
            seen.update("".join(_FOREIGN.findall(decoder.decode(chunk))))
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        refuse(
            source.shown,
            Message("is neither UTF-8 nor GB18030; name its encoding with --encoding"),
        )
    if not is_chinese(seen):
        refuse(
            source.shown,
            Message(
                "is not UTF-8, and as GB18030 it would be odd Chinese ({sample}); name its "
                "encoding with --encoding, such as big5, cp1252 or gb18030",
                sample=quoted("".join(list(seen)[:12])),
            ),
        )
    return Encoding("gb18030", (Message("read as {encoding}", encoding="GB18030"),))


def is_chinese(seen: Counter[str]) -> bool:
    """Whether these characters beyond ASCII, counted, are modern Chinese."""
    if any(_PRIVATE.match(one) or unicodedata.category(one) in ("Cn", "Cc") for one in seen):
        return False
    telling = {one: count for one, count in seen.items() if not _NEUTRAL.match(one)}
    number = sum(telling.values())
    common = sum(count for one, count in telling.items() if one in _COMMON)
    enough = common == number if number < _FEW else common >= _SHARE * number
    return number > 1 and enough and any(map(_beyond_hangul, telling))


def _beyond_hangul(character: str) -> bool:
    lead = character.encode("gb18030")[0]
    return _AFTER_HANGUL <= lead < _RARER
