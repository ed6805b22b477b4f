use super::*;
use proptest::prelude::*;

fn found(text: &str) -> Vec<&str> {
    codes(text).iter().map(|code| code.of(text)).collect()
}

#[test]
#[allow(clippy::too_many_lines, reason = "a list of cases")]
fn codes_of_every_kind() {
    for (text, expected) in [
        ("**创世计划**", &["**", "**"][..]),
        ("启动**创世计划**，为期", &["**", "**"]),
        ("**注意：**请看", &["**", "**"]),
        (
            "**A** and *b* and ***c***",
            &["**", "**", "*", "*", "***", "***"],
        ),
        ("中*国*人", &["*", "*"]),
        ("**bold *in* it**", &["**", "*", "*", "**"]),
        (
            "__strong__ _weak_ ~~gone~~",
            &["__", "__", "_", "_", "~~", "~~"],
        ),
        ("**U**nited", &["**", "**"]),
        ("It has**bold**, and", &["**", "**"]),
        ("用`zm check`检查", &["`zm check`"]),
        ("``a`b`` x", &["``a`b``"]),
        ("`**x**`", &["`**x**`"]),
        (
            "[白宫](https://a.gov/x_y_z)",
            &["[", "](https://a.gov/x_y_z)"],
        ),
        (
            "![图](a.png \"标题 (1)\")",
            &["![", "](a.png \"标题 (1)\")"],
        ),
        ("[a](b_(c).md)", &["[", "](b_(c).md)"]),
        ("[a](<b c.md>)", &["[", "](<b c.md>)"]),
        ("[a](目录/甲.md)", &["[", "](目录/甲.md)"]),
        ("[**a**](#x)", &["[", "**", "**", "](#x)"]),
        ("[![a](b.png)](c.md)", &["[", "![", "](b.png)", "](c.md)"]),
        ("[text][ref]", &["[", "][ref]"]),
        ("[贡献者][主页]和[作者][]", &["[", "][主页]", "[", "][]"]),
        ("计划[^1]的", &["[^1]"]),
        ("<b>创世</b>计划<br/>", &["<b>", "</b>", "<br/>"]),
        (
            "<a href=\"x>y\" title='甲'>甲</a>",
            &["<a href=\"x>y\" title='甲'>", "</a>"],
        ),
        (
            "<g id=\"1\">x</g><x id=\"2\"/>",
            &["<g id=\"1\">", "</g>", "<x id=\"2\"/>"],
        ),
        ("<input disabled>", &["<input disabled>"]),
        (
            "见<a href=/b?c=1 x><img src = 'd' alt></a><v-e f-g>",
            &[
                "<a href=/b?c=1 x>",
                "<img src = 'd' alt>",
                "</a>",
                "<v-e f-g>",
            ],
        ),
        (
            "用<code>a <b></code>吧<code>",
            &["<code>a <b></code>", "<code>"],
        ),
        (
            "{\\an8}{\\i1}<v Ann Lee>A <00:01.500><c.x.y>B</c>",
            &[
                "{\\an8}",
                "{\\i1}",
                "<v Ann Lee>",
                "<00:01.500>",
                "<c.x.y>",
                "</c>",
            ],
        ),
        ("甲<!-- 注 -->乙", &["<!-- 注 -->"]),
        (
            "<https://a.org/b> <a@b.org>",
            &["<https://a.org/b>", "<a@b.org>"],
        ),
        (
            "见https://a.org/b_c_d?e=f。完",
            &["https://a.org/b_c_d?e=f"],
        ),
        ("(see https://a.org/b).", &["https://a.org/b"]),
        (
            "https://en.wikipedia.org/wiki/A_(b)",
            &["https://en.wikipedia.org/wiki/A_(b)"],
        ),
        ("www.gov.cn，", &["www.gov.cn"]),
        ("来信a.b@c-d.gov.cn。", &["a.b@c-d.gov.cn"]),
        ("mailto:a@b.org", &["mailto:a@b.org"]),
        (
            "共{0}页，{name}，{user.id}，{}",
            &["{0}", "{name}", "{user.id}", "{}"],
        ),
        (
            "{{ count }}和{{x}}和${y}",
            &["{{ count }}", "{{x}}", "${y}"],
        ),
        ("{0:N2}", &["{0:N2}"]),
        ("共%s个，%d%%", &["%s"]),
        (
            "共%d项 %1$s %(name)s %.2f %02d %ld %@",
            &["%d", "%1$s", "%(name)s", "%.2f", "%02d", "%ld", "%@"],
        ),
        ("第%1页，共%2页", &["%1", "%2"]),
        ("%PATH%", &["%PATH%"]),
        ("_a_b@c.org_", &["_a_b@c.org"]),
    ] {
        assert_eq!(found(text), expected, "{text}");
    }
}

#[test]
fn text_that_only_looks_like_code() {
    for text in [
        "",
        "能源部启动创世计划。",
        "a < b and c > d",
        "a <b and c> d",
        "若x<y且y>z",
        "Vec<String>",
        "<中文>",
        "v <v and b> c, <v=3>",
        "<10:30 见>",
        "{\\甲}",
        "{\\b bold}",
        "5 * 3 * 2",
        "2*3*4 = 24",
        "2**3**4",
        "价格*不含税，*含运费",
        "（*）表示甲，（*）表示乙",
        "*注",
        "snake_case_names and other_names",
        "_private _other",
        "姓名____，年龄____",
        "约~5~10",
        "增长50%，下降20%",
        "50% discount, 100% sure, 3.5%s",
        "%discount",
        "100 %的",
        "{a, b}与{甲}",
        "{1,2}",
        "it's $50 {x y}",
        "[1]与[注]",
        "[1][2]",
        "[注](见下文)",
        "at 10:30, ratio 3:1",
        "注：甲://",
        "@someone on a@b",
        "\\*not\\* \\_this\\_ \\`x\\`",
        "a ` b",
        "&amp; &lt;",
        "wow www",
        "**",
        "** **",
        "*甲\n\n乙*",
        "****",
    ] {
        assert_eq!(found(text), Vec::<&str>::new(), "{text}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn codes_are_in_order_and_whole(text in "[创a1 *_~`\\[\\]()<>/{}$%s:@.w!\\\\\"=^，“]{0,40}") {
        let mut end = 0;
        for code in codes(&text) {
            prop_assert!(code.start >= end && !code.is_empty(), "{:?}", codes(&text));
            prop_assert!(text.get(code.range()).is_some());
            end = code.end;
        }
    }

    #[test]
    fn no_text_is_too_strange(text in any::<String>()) {
        codes(&text);
    }
}
