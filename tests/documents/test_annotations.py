"""What people annotated elsewhere comes in through the same gate, with its places converted exactly."""

import contextlib
import json
import tempfile
import zipfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from comity.documents import AnnotationCoder, ReadingResult, make_document, read, read_annotations
from comity.documents.offsets import CodeUnits
from comity.provenance import BadValueError, UnreadableFileError

TEXT = (
    "Signals 😊 first. Kenya imposed sanctions on Uganda in May 2014.\n\n"
    "The river is ours, Kenya said. Later Uganda said so too: the river is ours, and ours alone."
)
SANCTIONS = "Kenya imposed sanctions on Uganda"
START = TEXT.index(SANCTIONS)
END = START + len(SANCTIONS)
CODING = {"kind": "event", "sender": "KEN", "receiver": "UGA", "event_type": "SANCTION"}


def bring(path: Path, text: str = TEXT, name: str = "report") -> ReadingResult:
    """Read a text with the annotations of a file."""
    coder = AnnotationCoder(read_annotations(path))
    if len(coder.documents) <= 1:
        coder.alone = name
    result = read(make_document(text, id=name), coder)
    for one in result.candidates:
        for passage in one.passages:
            passage.words(text)
    return result


def words(result: ReadingResult, text: str = TEXT) -> list[str]:
    return [passage.words(text) for one in result.candidates for passage in one.passages]


def places(result: ReadingResult) -> list[int]:
    return [passage.char_start for one in result.candidates for passage in one.passages]


def written(path: Path, content: str | bytes | object) -> Path:
    if isinstance(content, bytes):
        path.write_bytes(content)
    else:
        path.write_text(content if isinstance(content, str) else json.dumps(content), "utf-8")
    return path


# CSV


def table(folder: Path, *lines: str) -> Path:
    return written(folder / "coded.csv", "\n".join(lines) + "\n")


HEADER = "kind,quotation,char_start,char_end,sender,receiver,event_type,date_start,date_end"


def test_a_line_with_words_becomes_a_candidate(tmp_path: Path) -> None:
    path = table(tmp_path, HEADER, f"event,{SANCTIONS},,,KEN,Uganda,SANCTION,2014-05-01,2014-05-31")
    row = bring(path).candidates[0]
    assert (row.draft.senders, row.draft.receivers, row.draft.sign) == (("KEN",), ("UGA",), -1)
    assert (str(row.draft.dating), row.draft.dating.precision) == ("2014-05-01 to 2014-05-31", "month")
    assert (row.verification, row.coder) == ("exact", "annotations")


def test_a_line_with_a_place_alone_takes_the_words_there(tmp_path: Path) -> None:
    path = table(tmp_path, HEADER, f"event,,{START},{END},KEN,UGA,SANCTION,,")
    assert words(bring(path)) == [SANCTIONS]


def test_of_words_that_stand_twice_the_place_tells_which(tmp_path: Path) -> None:
    second = TEXT.index("the river is ours")
    path = table(
        tmp_path,
        "kind,quotation,char_start,char_end,speaker,mode",
        f"quote,the river is ours,{second},{second + 17},UGA,indirect",
    )
    assert places(bring(path)) == [second]


def test_words_that_do_not_stand_at_their_place_are_found_and_the_row_says_so(tmp_path: Path) -> None:
    path = table(tmp_path, HEADER, f"event,{SANCTIONS},0,33,KEN,UGA,SANCTION,,")
    row = bring(path).candidates[0]
    assert row.passages[0].char_start == START
    assert row.draft.doubts == ("place: other words stand at 0 to 33",)


def test_words_that_stand_nowhere_are_turned_away(tmp_path: Path) -> None:
    path = table(tmp_path, HEADER, f"event,Kenya declared war on Uganda,{START},{END},KEN,UGA,ASSAULT,,")
    result = bring(path)
    assert result.candidates == []
    assert "not in the text" in result.rejected[0][1].reason


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("event,,5,500,KEN,UGA,SANCTION,,", "holds no words"),
        ("event,,500,600,KEN,UGA,SANCTION,,", "holds no words"),
        ("event,,7,5,KEN,UGA,SANCTION,,", "from 7 to 5"),
        ("event,,7,,KEN,UGA,SANCTION,,", "half a place"),
        ("event,,-7,9,KEN,UGA,SANCTION,,", "'-7' is not a place"),
        ("event,,,,KEN,UGA,SANCTION,,", "no quotation and no place"),
        (f"event,{SANCTIONS},,,KEN,UGA,BEFRIEND,,", "unknown event type 'BEFRIEND'"),
        (f"event,{SANCTIONS},,,Atlantis,UGA,SANCTION,,", "no actor 'Atlantis'"),
        (f"event,{SANCTIONS},,,,UGA,SANCTION,,", "no sender"),
        (f"event,{SANCTIONS},,,KEN,UGA,SANCTION,May 2014,", "not a day"),
        (f"rumour,{SANCTIONS},,,KEN,UGA,SANCTION,,", "unknown kind 'rumour'"),
        (f"event,{SANCTIONS},,,KEN,UGA", "6 fields"),
    ],
)
def test_a_faulty_line_is_given_back_with_its_place_and_reason(
    line: str, reason: str, tmp_path: Path
) -> None:
    result = bring(table(tmp_path, HEADER, line))
    assert result.candidates == []
    assert reason in result.refused[0].reason
    assert "line 2" in result.refused[0].reason + result.refused[0].quotation


def test_lines_with_one_id_are_one_row_with_all_its_passages(tmp_path: Path) -> None:
    path = table(
        tmp_path,
        "id,kind,quotation,sender,receiver,event_type",
        f"a,event,{SANCTIONS},KEN,UGA,SANCTION",
        "a,event,Later Uganda said so too,,,",
        "a,event,Signals,USA,,",
    )
    result = bring(path)
    assert words(result) == [SANCTIONS, "Later Uganda said so too"]
    assert "sender is 'USA', and another in coded.csv, line 2" in result.refused[0].reason


@pytest.mark.parametrize(
    ("lines", "word"),
    [
        (("kind,quotation,colour", "event,x,red"), "colour"),
        (("quotation,sender", "x,KEN"), "no kind"),
        (("kind,sender", "event,KEN"), "no place"),
        (("kind,quotation,kind", "event,x,event"), "twice"),
        (('kind,quotation\nevent,"x',), "not a CSV"),
    ],
)
def test_a_table_that_is_none_is_refused(lines: tuple[str, ...], word: str, tmp_path: Path) -> None:
    with pytest.raises(UnreadableFileError, match=word):
        read_annotations(table(tmp_path, *lines))


def test_annotations_of_another_document_are_counted_not_coded(tmp_path: Path) -> None:
    path = table(
        tmp_path,
        "document,kind,quotation,sender,receiver,event_type",
        f"report,event,{SANCTIONS},KEN,UGA,SANCTION",
        f"other,event,{SANCTIONS},KEN,UGA,SANCTION",
    )
    assert len(bring(path).candidates) == 1
    coder = AnnotationCoder(read_annotations(path))
    assert coder.elsewhere([make_document(TEXT, id="report")]) == {"other": 1}


# W3C Web Annotation


def web(
    *selectors: dict[str, Any], source: str = "https://example.org/report.html", **more: Any
) -> dict[str, Any]:
    body = [{"type": "TextualBody", "purpose": "tagging", "value": f"{k}: {v}"} for k, v in CODING.items()]
    return {
        "@context": "http://www.w3.org/ns/anno.jsonld",
        "type": "Annotation",
        "body": body,
        "target": {"source": source, "selector": list(selectors)},
    } | more


def quoted(exact: str, prefix: str = "", suffix: str = "") -> dict[str, Any]:
    return {"type": "TextQuoteSelector", "exact": exact, "prefix": prefix, "suffix": suffix}


def at(start: object, end: object) -> dict[str, Any]:
    return {"type": "TextPositionSelector", "start": start, "end": end}


def test_a_quote_selector_is_looked_up(tmp_path: Path) -> None:
    assert words(bring(written(tmp_path / "a.jsonld", web(quoted(SANCTIONS))))) == [SANCTIONS]


def test_a_position_selector_counts_characters(tmp_path: Path) -> None:
    assert words(bring(written(tmp_path / "a.json", web(at(START, END))))) == [SANCTIONS]


def test_a_position_counted_as_browsers_do_is_told_by_its_words(tmp_path: Path) -> None:
    # The smile before it takes two UTF-16 code units: browsers count one more.
    result = bring(written(tmp_path / "a.json", web(quoted(SANCTIONS), at(START + 1, END + 1))))
    assert words(result) == [SANCTIONS]
    assert result.candidates[0].draft.doubts == ()


def test_a_fragment_of_characters_is_read(tmp_path: Path) -> None:
    fragment = {"type": "FragmentSelector", "value": f"char={START},{END}"}
    assert words(bring(written(tmp_path / "a.json", web(fragment)))) == [SANCTIONS]


def test_what_stands_around_it_tells_which_of_two_places_is_meant(tmp_path: Path) -> None:
    text = "Ours it is, they said. And ours it is, we said. Ours it was."
    for before, after, wanted in (
        ("said. And ", ", we said", text.index("ours")),
        ("", ", they  said", 0),
    ):
        one = web(quoted("ours it is" if wanted else "Ours it is", before, after))
        assert places(bring(written(tmp_path / "a.json", one), text)) == [wanted]
    twice = "It is ours. Then: it is ours. At last it is ours indeed."
    one = web(quoted("is ours", "last it ", " indeed"))
    assert places(bring(written(tmp_path / "a.json", one), twice)) == [twice.rindex("is ours")]


def test_quote_and_position_that_disagree_are_said(tmp_path: Path) -> None:
    result = bring(written(tmp_path / "a.json", web(quoted(SANCTIONS), at(0, 7))))
    assert words(result) == [SANCTIONS]
    assert result.candidates[0].draft.doubts == ("place: other words stand at 0 to 7",)


def test_a_page_a_collection_a_list_and_one_alone_are_read_alike(tmp_path: Path) -> None:
    one = web(quoted(SANCTIONS))
    page = {"type": "AnnotationPage", "items": [one]}
    for shape in (one, [one], page, {"type": "AnnotationCollection", "first": page}, {"@graph": [one]}):
        assert words(bring(written(tmp_path / "a.json", shape))) == [SANCTIONS]


def test_a_body_may_hold_the_coding_as_json_or_as_properties(tmp_path: Path) -> None:
    whole = {"type": "TextualBody", "format": "application/json", "value": json.dumps(CODING)}
    for body in (whole, [whole], {"type": "Dataset", **CODING}):
        assert len(bring(written(tmp_path / "a.json", web(quoted(SANCTIONS), body=body))).candidates) == 1


def test_two_tags_of_one_field_are_two_names(tmp_path: Path) -> None:
    body = [
        {"type": "TextualBody", "value": tag}
        for tag in ("kind: event", "event_type=CONSULT", "sender: KEN", "sender: Uganda", "reciprocal: yes")
    ]
    row = bring(written(tmp_path / "a.json", web(quoted(SANCTIONS), body=body))).candidates[0].draft
    assert (row.senders, row.reciprocal) == (("KEN", "UGA"), True)


def test_tags_as_hypothesis_exports_them_are_read(tmp_path: Path) -> None:
    one = web(quoted(SANCTIONS), tags=[f"{key}: {value}" for key, value in CODING.items()])
    del one["body"]
    one["target"] = [one["target"]]
    assert words(bring(written(tmp_path / "a.json", {"total": 1, "rows": [one]}))) == [SANCTIONS]


@pytest.mark.parametrize(
    ("one", "reason"),
    [
        (web({"type": "XPathSelector", "value": "/p[1]"}), "but XPathSelector"),
        (web(), "no selector"),
        (web(quoted(SANCTIONS), target="https://example.org/report.html"), "without a selector"),
        (web(at("5", 9)), "not a whole number"),
        (web(at(-5, 9)), "from -5 to 9"),
        (web(at(True, 9)), "not a whole number"),
        (web({"type": "TextQuoteSelector", "exact": ["x"]}), "exact is not a text"),
        (web(quoted(SANCTIONS), body="a nice sentence"), "no coding"),
        (
            web(quoted(SANCTIONS), body={"type": "TextualBody", "format": "application/json", "value": "["}),
            "no JSON",
        ),
        (web(quoted(SANCTIONS), body=CODING | {"sender": {"a": 1}}), "not a list of names"),
        (web(quoted(SANCTIONS), body={"kind": ["event"]}), "kind is list"),
        (web(quoted(SANCTIONS), body="kind: x" + " " * 300_000 + "y"), "300,002 characters"),
        (web(quoted("x" * 30_000)), "30,000 characters"),
    ],
)
def test_a_faulty_web_annotation_is_given_back_with_the_reason(
    one: dict[str, Any], reason: str, tmp_path: Path
) -> None:
    result = bring(written(tmp_path / "a.json", one))
    assert result.candidates == []
    assert reason in result.refused[0].reason


@pytest.mark.parametrize(
    "content", ["{}", "[]", '{"items": []}', "[[[[[[[1]]]]]]]", "{", "[" * 100_000, '{"a": 1e}']
)
def test_json_without_annotations_is_refused(content: str, tmp_path: Path) -> None:
    with pytest.raises(UnreadableFileError):
        read_annotations(written(tmp_path / "a.json", content))


# places in UTF-16


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=60))
def test_every_place_in_utf_16_is_its_character(text: str) -> None:
    units = CodeUnits(text)
    for place in range(len(text) + 1):
        assert units.character(len(text[:place].encode("utf-16-le")) // 2) == place
    assert units.length == len(text.encode("utf-16-le")) // 2


def test_half_a_character_and_a_place_outside_are_refused() -> None:
    units = CodeUnits("a😊b")
    for place in (2, -1, 5):
        with pytest.raises(BadValueError):
            units.character(place)


# INCEpTION: CAS as JSON and XMI, TSV


def cas(*more: dict[str, Any], text: str = TEXT) -> dict[str, Any]:
    # INCEpTION writes places as UTF-16 code units: one more after the smile.
    event = {
        "%ID": 7, "%TYPE": "webanno.custom.Event", "@sofa": 1, "begin": START + 1, "end": END + 1,
        "sender": "KEN", "receiver": "UGA", "eventType": "SANCTION", "note": "mine",
    }  # fmt: skip
    meta = {
        "%ID": 2, "%TYPE": "de.tudarmstadt.ukp.dkpro.core.api.metadata.type.DocumentMetaData", "@sofa": 1,
        "begin": 0, "end": len(text) + 1, "documentTitle": "report.txt",
    }  # fmt: skip
    token = {"%ID": 3, "%TYPE": "de.tudarmstadt.Token", "@sofa": 1, "begin": 0, "end": 7}
    sofa = {"%ID": 1, "%TYPE": "uima.cas.Sofa", "sofaNum": 1, "sofaID": "_InitialView", "sofaString": text}
    return {"%TYPES": {}, "%FEATURE_STRUCTURES": [sofa, meta, token, *(more or (event,))], "%VIEWS": {}}


EVENT = cas()["%FEATURE_STRUCTURES"][3]


def test_a_cas_in_json_is_read_and_its_places_converted(tmp_path: Path) -> None:
    path = written(tmp_path / "a.json", cas())
    result = bring(path)
    assert words(result) == [SANCTIONS]
    assert result.candidates[0].draft.doubts == ()
    assert AnnotationCoder(read_annotations(path)).documents == ("report",)
    assert read_annotations(path).set_aside == {"DocumentMetaData": 1, "Token": 1}


def test_several_values_of_a_feature_are_several_names(tmp_path: Path) -> None:
    both = EVENT | {"eventType": "CONSULT", "reciprocal": True, "receiver": None}
    del both["sender"]
    names = {"%ID": 9, "%TYPE": "uima.cas.StringArray", "%ELEMENTS": ["KEN", "Uganda"]}
    result = bring(written(tmp_path / "a.json", cas(both | {"@sender": 9}, names)))
    assert result.candidates[0].draft.senders == ("KEN", "UGA")


def test_a_text_that_has_changed_since_is_said_and_the_words_are_found(tmp_path: Path) -> None:
    later = "A new first line.\n" + TEXT
    result = bring(written(tmp_path / "a.json", cas()), later)
    assert words(result, later) == [SANCTIONS]
    assert result.candidates[0].draft.doubts[0].startswith("place: other words stand at")


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"begin": 8, "end": 10}, None),  # the whole smile, and no event in it, but a place
        ({"begin": 9}, "in the middle of a character"),
        ({"end": 9_999}, "outside a text"),
        ({"begin": 40, "end": 40}, "from 39 to 39"),
        ({"@sofa": 5}, "no text"),
        ({"@sender": 3, "sender": None}, "a link to other annotations"),
        ({"eventType": "BEFRIEND"}, "unknown event type"),
    ],
)
def test_a_faulty_structure_is_given_back_with_the_reason(
    change: dict[str, Any], reason: str | None, tmp_path: Path
) -> None:
    result = bring(written(tmp_path / "a.json", cas(EVENT | change)))
    if reason is None:
        assert words(result) == ["😊"]
    else:
        assert result.candidates == []
        assert reason in result.refused[0].reason


XMI = (
    '<?xml version="1.0" encoding="UTF-8"?><xmi:XMI xmlns:xmi="http://www.omg.org/XMI" '
    'xmlns:cas="http:///uima/cas.ecore" xmlns:custom="http:///webanno/custom.ecore" xmi:version="2.0">'
    '<cas:NULL xmi:id="0"/>{more}<custom:Event xmi:id="7" sofa="1" begin="{begin}" end="{end}" '
    'event_type="SANCTION"><sender>KEN</sender><receiver>UGA</receiver><receiver>TZA</receiver></custom:Event>'
    '<cas:Sofa xmi:id="1" sofaNum="1" sofaID="_InitialView" mimeType="text" sofaString="{text}"/>'
    '<cas:View sofa="1" members="7"/></xmi:XMI>'
)


def xmi(more: str = "") -> str:
    text = TEXT.replace("\n", "&#10;")
    return XMI.format(more=more, begin=START + 1, end=END + 1, text=text)


def test_a_cas_in_xmi_is_read_alike(tmp_path: Path) -> None:
    result = bring(written(tmp_path / "a.xmi", xmi()))
    assert words(result) == [SANCTIONS]
    assert result.candidates[0].draft.receivers == ("UGA", "TZA")
    assert result.candidates[0].draft.doubts == ()


@pytest.mark.parametrize(
    "content",
    [
        '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "'
        + "c" * 100
        + '"><!ENTITY d "&b;&b;&b;">]><a x="&d;"/>',
        '<?xml version="1.0"?><!DOCTYPE a SYSTEM "file:///etc/passwd"><a/>',
        '<?xml version="1.1"?><a/>',
        '<?xml version="1.0"?>' + "<a>" * 50_000,
        '<?xml version="1.0"?><a><b></a>',
        '<?xml version="1.0"?><a/>',
    ],
    ids=["entities", "external", "1.1", "deep", "torn", "no text"],
)
def test_xml_that_is_no_cas_or_a_bomb_is_refused(content: str, tmp_path: Path) -> None:
    with pytest.raises(UnreadableFileError):
        read_annotations(written(tmp_path / "a.xmi", content))


def tsv(*lines: str, layer: str = "webanno.custom.Event|sender|receiver|event_type") -> str:
    return "\n".join(("#FORMAT=WebAnno TSV 3.3", f"#T_SP={layer}", "", "", "#Text=...", *lines, ""))


# Written out by hand: the smile is 8-10, and every later place is one more than in characters.
TSV = tsv(
    "1-1\t0-7\tSignals\t_\t_\t_\t",
    "1-2\t8-10\t😊\t_\t_\t_\t",
    "1-3\t11-16\tfirst\t_\t_\t_\t",
    "2-1\t18-23\tKenya\tKEN[1]\tUGA;TZA[1]\tSANCTION[1]\t",
    "2-2\t24-31\timposed\tKEN[1]\tUGA;TZA[1]\tSANCTION[1]|ACCUSE[2]\t",
    "2-3\t32-41\tsanctions\tKEN[1]\tUGA;TZA[1]\tSANCTION[1]\t",
)


def test_a_tsv_file_is_read_with_its_places_converted(tmp_path: Path) -> None:
    result = bring(written(tmp_path / "report.tsv", TSV))
    assert words(result) == ["Kenya imposed sanctions"]
    assert result.candidates[0].draft.receivers == ("UGA", "TZA")
    assert result.candidates[0].draft.doubts == ()
    assert "no sender" in result.refused[0].reason  # the stacked one has a type and nothing else


def test_a_tsv_annotation_may_run_over_sentences_and_start_within_a_token(tmp_path: Path) -> None:
    content = tsv(
        "1-1\t0-7\tSignals\t_\t_\t_\t",
        "1-1.1\t3-7\tnals\tKEN[1]\tUGA[1]\tACCUSE[1]\t",
        "1-2\t8-10\t😊\tKEN[1]\tUGA[1]\tACCUSE[1]\t",
        "2-1\t11-16\tfirst\tKEN[1]\tUGA[1]\tACCUSE[1]\t",
    )
    result = bring(written(tmp_path / "a.tsv", content))
    assert words(result) == ["nals 😊 first"]
    assert result.candidates[0].draft.doubts == ()


def test_escaped_signs_in_a_tsv_file_are_plain(tmp_path: Path) -> None:
    content = tsv(
        "1-1\t18-23\tKenya\tevent\tpercent\\_of\\_gdp\tA\\|B\t",
        layer="webanno.custom.Mine|kind|unit|note",
    )
    found = read_annotations(written(tmp_path / "a.tsv", content)).found[0]
    assert found.fields == {"kind": "event", "unit": "percent_of_gdp"}


def test_other_layers_of_a_tsv_file_are_counted(tmp_path: Path) -> None:
    content = tsv("1-1\t0-7\tSignals\tPER\t", layer="de.tudarmstadt.NamedEntity|value")
    assert read_annotations(written(tmp_path / "a.tsv", content)).set_aside == {"NamedEntity": 1}


@pytest.mark.parametrize(
    "content",
    [
        "#FORMAT=WebAnno TSV 2.0\n",
        tsv("no token at all"),
        tsv("1-1\t99999999999-99999999999\tx\t_\t_\t_\t"),
    ],
)
def test_a_tsv_file_that_is_none_is_refused(content: str, tmp_path: Path) -> None:
    with pytest.raises(UnreadableFileError):
        read_annotations(written(tmp_path / "a.tsv", content))


# zip files


def packed(path: Path, **files: str | bytes) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in files.items():
            made.writestr(name.replace("__", "."), content)
    return path


def test_a_zip_file_as_inception_exports_it_is_read(tmp_path: Path) -> None:
    path = packed(
        tmp_path / "a.zip", report__xmi=xmi(), TypeSystem__xml="<typeSystemDescription/>", x__png=b"1"
    )
    assert words(bring(path)) == [SANCTIONS]
    assert read_annotations(path).set_aside == {"file .png": 1}


def test_a_zip_bomb_is_refused(tmp_path: Path) -> None:
    path = packed(tmp_path / "a.zip", report__csv=b" " * (65 * 1024 * 1024))
    assert path.stat().st_size < 100_000
    with pytest.raises(UnreadableFileError, match="bomb"):
        read_annotations(path)


def test_many_files_and_no_annotation_file_are_refused(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFileError, match="1,001 files"):
        read_annotations(packed(tmp_path / "a.zip", **{f"{i}__csv": "" for i in range(1_001)}))
    with pytest.raises(UnreadableFileError, match="no annotation file"):
        read_annotations(packed(tmp_path / "b.zip", readme__md="hello"))


def test_a_torn_zip_file_is_refused(tmp_path: Path) -> None:
    whole = packed(tmp_path / "a.zip", report__csv=HEADER + "\n").read_bytes()
    flipped = bytearray(whole)
    flipped[50] ^= 0xFF  # within the packed table, which starts at byte 40
    for content in (whole[:40], whole[: len(whole) // 2], bytes(flipped)):
        with pytest.raises(UnreadableFileError):
            read_annotations(written(tmp_path / "b.zip", content))


def test_paths_in_a_zip_file_lead_nowhere(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w") as made:
        made.writestr("../../../outside.csv", f"{HEADER}\nevent,{SANCTIONS},,,KEN,UGA,SANCTION,,\n")
    assert len(bring(path).candidates) == 1
    assert sorted(one.name for one in tmp_path.iterdir()) == ["a.zip"]


@settings(max_examples=40)
@given(st.binary(max_size=400))
def test_whatever_a_file_holds_it_is_annotations_or_an_error(content: bytes) -> None:
    with tempfile.TemporaryDirectory() as folder:
        for name in ("a.csv", "a.xmi", "a.zip"):
            for start in (b"", b"PK\x03\x04", b"#FORMAT=WebAnno TSV 3.3\n", b'{"%FEATURE_STRUCTURES": ['):
                path = Path(folder) / name
                path.write_bytes(start + content)
                with contextlib.suppress(UnreadableFileError):
                    read_annotations(path)
