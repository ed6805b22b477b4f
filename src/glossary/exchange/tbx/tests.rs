use super::*;

fn records(text: &str) -> (Vec<Record>, Vec<String>) {
    let root = root(text.as_bytes()).unwrap();
    let content = read(
        Path::new("a.tbx"),
        text.as_bytes(),
        &Asked::default(),
        &root,
    )
    .unwrap();
    let Body::Records(records) = content.body else {
        panic!()
    };
    (
        records,
        content.remarks.into_iter().map(|r| r.message).collect(),
    )
}

#[track_caller]
fn has(record: &Record, wanted: &[(&str, &str)]) {
    let found: Vec<(&str, String)> = record
        .named()
        .map(|(name, list)| (name, list.join(" | ")))
        .collect();
    let found: Vec<(&str, &str)> = found
        .iter()
        .map(|(name, text)| (*name, text.as_str()))
        .collect();
    assert_eq!(found, wanted);
}

#[test]
fn multiterm_has_references_inside_of_texts_and_words_about_use() {
    let term = |term: &str, said: &str| format!("<termGrp><term>{term}</term>{said}</termGrp>");
    let said = |kind: &str, text: &str| {
        format!("<descripGrp><descrip type=\"{kind}\">{text}</descrip></descripGrp>")
    };
    let english = [
        term(
            "tariff",
            &said("Note", "before <xref Tlink=\"x\">see</xref> after"),
        ),
        term("duty", &said("Usage", "forbidden")),
        term("impost", "<termNote type=\"forbidden\">true</termNote>"),
        term("levy", &said("Usage", "in speech")),
    ];
    let text = format!(
        "<mtf><conceptGrp><languageGrp><language type=\"English\" lang=\"EN\"/>{}</languageGrp>\
         <languageGrp><language type=\"Chinese\" lang=\"ZH\"/>{}</languageGrp>\
         <xref type=\"seeAlso\" target=\"c2\">c2</xref></conceptGrp></mtf>",
        english.concat(),
        term("关税", "")
    );
    let (records, remarks) = records(&text);
    has(
        &records[0],
        &[
            ("zh", "关税"),
            ("en", "tariff"),
            ("en_admitted", "levy"),
            ("en_avoid", "duty | impost"),
            ("note", "before see after"),
        ],
    );
    let remarks = remarks.join("\n");
    assert!(remarks.contains("`Usage`: 1 is not imported"), "{remarks}");
    assert!(
        remarks.contains("`seeAlso`: 1 is not imported"),
        "{remarks}"
    );
}

#[test]
fn version_2_with_its_two_kinds_of_terms() {
    let text = "<?xml version='1.0'?>\n<!DOCTYPE martif SYSTEM 'TBXcoreStructV02.dtd'>\n<martif type='TBX' xml:lang='en'><text><body>\n\
            <termEntry id='c1'><descrip type='subjectField'>HR</descrip>\
            <langSet xml:lang='en'><descripGrp><descrip type='definition'>A  <hi>long</hi>\n name.</descrip></descripGrp>\
            <ntig><termGrp><term>Provincial Establishment</term><termNote type='partOfSpeech'>noun</termNote></termGrp></ntig>\
            <ntig><termGrp><term>PRE</term><termNote type='abbreviatedFormFor'>Provincial</termNote></termGrp></ntig></langSet>\
            <langSet xml:lang='zh-CN'><tig><term>省级机构</term></tig><tig><term>省机构</term><termNote type='administrativeStatus'>deprecatedTerm-admn-sts</termNote></tig></langSet>\
            <langSet xml:lang='zh-TW'><tig><term>省級機構</term></tig></langSet>\
            <langSet xml:lang='de'><note>x</note><tig><term>Anstalt</term></tig></langSet></termEntry></body></text></martif>";
    let (records, remarks) = records(text);
    has(
        &records[0],
        &[
            ("zh", "省级机构"),
            ("zh_tw", "省級機構"),
            ("zh_avoid", "省机构"),
            ("en", "Provincial Establishment"),
            ("en_abbr", "PRE"),
            ("subject", "HR"),
            ("definition", "A long name."),
            ("id", "c1"),
        ],
    );
    assert_eq!(records[0].spot.line, 4);
    let all = remarks.join("\n");
    assert!(
        all.contains("1 term in `de` is not") && all.contains("`partOfSpeech`: 1 is not"),
        "{all}"
    );
}

#[test]
fn version_3_in_both_styles() {
    for text in [
        "<tbx type='TBX-Basic' style='dca' xml:lang='en' xmlns='urn:iso:std:iso:30042:ed-2'><text><body><conceptEntry id='c1'>\
             <transacGrp><transac type='transactionType'>modification</transac><transacNote type='responsibility'>Li</transacNote><date>2024-05-01</date></transacGrp>\
             <langSec xml:lang='zh'><termSec><term>美中委</term><termNote type='termType'>shortForm</termNote></termSec><termSec><term>委员会</term></termSec></langSec>\
             <langSec xml:lang='en'><termSec><term>the Panel</term><termNote type='administrativeStatus'>admittedTerm-admn-sts</termNote></termSec>\
             <termSec><term>the Commission</term><termNote type='administrativeStatus'>preferredTerm-admn-sts</termNote></termSec></langSec></conceptEntry></body></text></tbx>",
        "<tbx type='TBX-Basic' style='dct' xml:lang='en' xmlns='urn:iso:std:iso:30042:ed-2' xmlns:min='http://www.tbxinfo.net/ns/min' xmlns:basic='http://www.tbxinfo.net/ns/basic'><text><body><conceptEntry id='c1'>\
             <transacGrp><basic:transactionType>modification</basic:transactionType><basic:responsibility>Li</basic:responsibility><date>2024-05-01</date></transacGrp>\
             <langSec xml:lang='zh'><termSec><term>美中委</term><basic:termType>shortForm</basic:termType></termSec><termSec><term>委员会</term></termSec></langSec>\
             <langSec xml:lang='en'><termSec><term>the Panel</term><min:administrativeStatus>admittedTerm-admn-sts</min:administrativeStatus></termSec>\
             <termSec><term>the Commission</term><min:administrativeStatus>preferredTerm-admn-sts</min:administrativeStatus></termSec></langSec></conceptEntry></body></text></tbx>",
    ] {
        let (records, _) = records(text);
        has(
            &records[0],
            &[
                ("zh", "委员会"),
                ("zh_abbr", "美中委"),
                ("en", "the Commission"),
                ("en_admitted", "the Panel"),
                ("id", "c1"),
                ("updated", "2024-05-01"),
                ("by", "Li"),
            ],
        );
    }
}

#[test]
fn multiterm_says_in_a_field_which_terms_are_short() {
    let text = "<mtf><conceptGrp><concept>7</concept><descripGrp><descrip type='Type'>Organization</descrip></descripGrp>\
            <languageGrp><language type='English' lang='EN-US'/>\
            <termGrp><term>Department of Energy</term><descripGrp><descrip type='Type'>Full form</descrip></descripGrp></termGrp>\
            <termGrp><term>DOE</term><descripGrp><descrip type='Type'>Abbreviation</descrip></descripGrp></termGrp></languageGrp>\
            <languageGrp><language type='Chinese' lang='ZH-CN'/>\
            <termGrp><term>能源部</term><descripGrp><descrip type='Type'>whatever</descrip></descripGrp></termGrp></languageGrp></conceptGrp></mtf>";
    let (records, remarks) = records(text);
    has(
        &records[0],
        &[
            ("zh", "能源部"),
            ("en", "Department of Energy"),
            ("en_abbr", "DOE"),
            ("type", "organization"),
            ("id", "7"),
        ],
    );
    let all = remarks.join("\n");
    assert!(all.contains("`Type`: 1"), "{all}");
}

#[test]
fn what_an_entry_has_besides_its_last_change_is_counted() {
    let transaction = |what: &str, who: &str, day: &str| {
        format!(
            "<transacGrp><transac type='transactionType'>{what}</transac>\
             <transacNote type='responsibility' target='p1'>{who}</transacNote><date>{day}</date></transacGrp>"
        )
    };
    let text = format!(
        "<tbx type='TBX-Basic' style='dca'><text><body><conceptEntry id='c1'>{}{}\
         <langSec xml:lang='zh'>{}<termSec><term>关税</term></termSec></langSec>\
         <langSec xml:lang='en'><termSec><term>tariff</term></termSec></langSec></conceptEntry></body>\
         <back><refObjectSec><refObject id='p1'><item type='fn'>Li</item></refObject></refObjectSec></back></text></tbx>",
        transaction("origination", "Wang", "2024-01-01"),
        transaction("modification", "Li", "2024-05-01"),
        transaction("modification", "Zhao", "2025-01-01"),
    );
    let (records, remarks) = records(&text);
    has(
        &records[0],
        &[
            ("zh", "关税"),
            ("en", "tariff"),
            ("id", "c1"),
            ("updated", "2024-05-01"),
            ("by", "Li"),
        ],
    );
    let all = remarks.join("\n");
    for part in [
        "`transaction origination`: 1 is",
        "`transaction modification of a language or term`: 1 is",
        "`target of responsibility`: 3 are",
        "`item in <back>`: 1 is",
    ] {
        assert!(all.contains(part), "{part}:\n{all}");
    }
}

#[test]
fn multiterm_names_who_changed_an_entry() {
    let text = "<mtf><conceptGrp><concept>7</concept>\
        <transacGrp><transac type='origination'>Wang</transac><date>2024-01-01T08:00:00</date></transacGrp>\
        <transacGrp><transac type='modification'>Li</transac><date>2024-05-01T08:00:00</date></transacGrp>\
        <languageGrp><language type='English' lang='EN'/><termGrp><term>tariff</term></termGrp></languageGrp></conceptGrp></mtf>";
    let (records, remarks) = records(text);
    has(
        &records[0],
        &[
            ("en", "tariff"),
            ("id", "7"),
            ("updated", "2024-05-01"),
            ("by", "Li"),
        ],
    );
    assert!(
        remarks
            .join("\n")
            .contains("`transaction origination`: 1 is")
    );
}

#[test]
fn other_xml_is_refused() {
    for (text, part) in [
        ("<?xml version='1.0'?><!-- <x> --><tmx/>", "memory"),
        ("<html><table/></html>", "web page"),
        ("<svg/>", "<svg>"),
    ] {
        let error = read(
            Path::new("a"),
            text.as_bytes(),
            &Asked::default(),
            &root(text.as_bytes()).unwrap(),
        )
        .unwrap_err();
        assert!(error.to_string().contains(part), "{error}");
    }
    assert_eq!(root("zh,en\n".as_bytes()), None);
}
