use super::*;
use proptest::prelude::*;

#[test]
fn words_lead_back_to_their_dictionary_form() {
    let mut wrong = Vec::new();
    for row in "
            policies policy | analyses analysis | crises crisis | hypotheses hypothesis | theses thesis
            indices index | indexes index | matrices matrix | appendices appendix | criteria criterion
            phenomena phenomenon | children child | people person | women woman | chairmen chairman
            feet foot | mice mouse | lives life | halves half | shelves shelf | wolves wolf
            countries country | ties tie | movies movie | embargoes embargo | vetoes veto | cargos cargo
            boxes box | taxes tax | classes class | processes process | matches match | crashes crash
            buses bus | viruses virus | focuses focus | censuses census | gases gas | biases bias
            causes cause | uses use | houses house | databases database | licenses license | purposes purpose
            sizes size | caches cache | niches niche | chips chip | plans plan | days day | studies study
            planned plan | planning plan | shipped ship | shipping ship | cutting cut | running run
            making make | taking take | coding code | hoping hope | hopping hop | using use | causing cause
            calling call | passed pass | adding add | controlled control | controlling control
            referred refer | transferring transfer | occurred occur | permitted permit | committed commit
            visited visit | limiting limit | opened open | developing develop | targeting target
            monitored monitor | delivering deliver | covered cover | training train | maintained maintain
            translated translate | translating translate | creating create | treated treat | repeated repeat
            produced produce | reducing reduce | enforced enforce | financing finance | serviced service
            managed manage | changing change | challenged challenge | merged merge | leveraging leverage
            serving serve | achieved achieve | moved move | arguing argue | issued issue | continued continue
            enabled enable | handling handle | decoupling decouple | settled settle | assembling assemble
            measured measure | securing secure | ensured ensure | manufacturing manufacture
            requiring require | acquired acquire | hired hire | repaired repair | appeared appear
            prepared prepare | sharing share | defined define | combined combine | determining determine
            provided provide | deciding decide | avoided avoid | including include | upgraded upgrade
            downloading download | computing compute | executed execute | contributing contribute
            realized realize | organising organise | analyzed analyze | increasing increase | closed close
            proposed propose | revised revise | raising raise | promoting promote | voted vote
            completed complete | competing compete | subscribed subscribe | assuming assume
            carried carry | applied apply | studying study | dying die | died die | agreed agree
            trafficking traffic | built build | led lead | made make | held hold | sought seek | written write
            undertaken undertake | overseen oversee | withdrew withdraw | sold sell | spent spend
            need need | speed speed | thing thing | spring spring | during during | hundred hundred
            news news | series series | physics physics | data data | status status | this this | less less
            focus focus | analysis analysis | basis basis | plan's plan | states' state | women's woman
            decision-makers decision-maker | gpus gpu | responses response | expenses expense
            sensed sense | collapsed collapse | coursing course | pulsed pulse
        "
        .split(['|', '\n'])
        {
            let Some((form, base)) = row.trim().split_once(' ') else {
                continue;
            };
            if lemma(form) != base {
                wrong.push(format!("{form}: {} and not {base}", lemma(form)));
            }
        }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
#[allow(clippy::too_many_lines, reason = "a table, one row a line")]
fn terms_take_the_forms_they_take() {
    let mut wrong = Vec::new();
    for (term, expected) in [
        ("policy", "policies policy's policies'"),
        ("analysis", "analyses analysis's"),
        ("index", "indices indexes"),
        ("criterion", "criteria"),
        ("child", "children child's children's"),
        ("woman", "women women's"),
        ("chip", "chips chip's chips'"),
        ("chips", "chip chip's chips'"),
        ("sanctions", "sanction sanctions'"),
        ("decouple", "decouples decoupled decoupling"),
        ("de-risk", "de-risks de-risked de-risking derisk derisking"),
        ("build", "builds built building"),
        ("lead", "leads led leading"),
        ("plan", "plans planned planning"),
        ("sanction", "sanctions sanctioned sanctioning"),
        ("comply", "complies complied complying"),
        ("cancel", "canceled cancelled canceling cancelling"),
        ("model", "models modeled modelled modeling modelling"),
        ("transfer", "transferred transferring"),
        ("LLM", "llms llm's llms'"),
        ("LLMs", "llm llm's llms'"),
        ("GPT-4", "gpt-4s gpt-4's"),
        (
            "Genesis Mission",
            "genesis_missions genesis_mission's genesis-mission",
        ),
        ("United States", "united_states'"),
        (
            "executive order",
            "executive_orders executive_order's executive-order",
        ),
        ("policy making", "policymaking policy-making"),
        ("policymaking", "policy_making policy-making"),
        (
            "policy-maker",
            "policymaker policy_maker policy_makers policymakers policy-makers'",
        ),
        (
            "supply chain",
            "supply_chains supply-chain supply-chains supplychain supply_chain's",
        ),
        ("supply-chain", "supply_chain supply-chains supply_chains"),
        (
            "cybersecurity",
            "cyber_security cyber-security cybersecurity's",
        ),
        ("nonproliferation", "non-proliferation"),
        (
            "semiconductor",
            "semi-conductor semiconductors semi-conductors",
        ),
        (
            "long-term plan",
            "long_term_plan long-term_plans long_term_plans long-term-plan",
        ),
        ("rule of law", "rules_of_law rule_of_law's"),
        ("weapon of mass destruction", "weapons_of_mass_destruction"),
        ("roll back", "rolls_back rolled_back rolling_back roll-back"),
        (
            "carry out",
            "carries_out carried_out carrying_out carry-out",
        ),
        ("People's Republic of China", "people's_republic_of_china's"),
        (
            "Bureau of Industry and Security",
            "bureaus_of_industry_and_security bureau_of_industry_and_security's",
        ),
        ("bureau", "bureaus bureaus'"),
        ("e-commerce", "ecommerce"),
        (
            "space program",
            "space_programme space_programmes space_programs",
        ),
        (
            "World Trade Organization",
            "world_trade_organisation world_trade_organization's",
        ),
        (
            "Department of Defense",
            "department_of_defence departments_of_defense",
        ),
        ("labor market", "labour_market labour_markets"),
        ("“Don’t know”", "\"don't_know\""),
    ] {
        let forms = inflections(term);
        for form in expected.split(' ').map(|form| form.replace('_', " ")) {
            if !forms.contains(&form) {
                wrong.push(format!("{term}: no {form} in {forms:?}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn terms_take_no_forms_they_do_not_take() {
    let mut wrong = Vec::new();
    for (term, never) in [
        ("LLM", "llming llmed llmses"),
        ("USCC", "usccing"),
        ("chips", "chipses chipsing"),
        ("policy", "policying policied policys"),
        ("physics", "physicses physic"),
        ("information", "informations informationing"),
        ("data", "datas datum"),
        ("United States", "united_state"),
        ("Paris", "pari parises'"),
        ("analysis", "analysi analysising"),
        (
            "supply chain",
            "supply_chained supply_chaining supplies_chain",
        ),
        ("Genesis Mission", "genesis_missioning"),
        ("Bill Gates", "bill_gate"),
        ("business", "busines businessing"),
        ("rule of law", "rule_of_laws"),
        ("series", "serie serieses"),
        ("government", "governmenting governmented"),
        ("C++", "c++s c++'s"),
        ("rule of law", "rule-of_law rule's_of_law"),
        ("Made in China 2025", "mades_in_china_2025"),
        ("roll back", "roll_backs roll's_back roll_back's"),
        ("export control regime", "exportcontrol_regime"),
    ] {
        let forms = inflections(term);
        for form in never.split(' ').map(|form| form.replace('_', " ")) {
            if forms.contains(&form) {
                wrong.push(format!("{term}: {form} in {forms:?}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
    assert_eq!(inflections("创世计划"), ["创世计划"]);
    assert_eq!(inflections(""), [""]);
}

#[test]
fn forms_of_a_word_lead_back_to_it() {
    let mut wrong = Vec::new();
    for word in "plan policy analysis index chip decouple build lead translate create treat visit control \
            commit refer measure require provide include compute enable manage challenge serve argue produce \
            enforce finance realize propose raise complete subscribe assume carry agree traffic write withdraw \
            share define maintain avoid box tax class process match bus focus cause use house size veto child \
            woman life half country study embargo transfer deliver target monitor develop open stop ship"
            .split_whitespace()
        {
            for form in inflections(word).iter().filter(|form| !form.contains([' ', '-']) && !form.contains("alis")) {
                if lemma(form) != word {
                    wrong.push(format!("{form}: {} and not {word}", lemma(form)));
                }
            }
        }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn a_form_is_listed_once() {
    for term in [
        "supply chain",
        "policy-maker",
        "labor organization",
        "read",
        "LLM",
        "set",
    ] {
        let forms = inflections(term);
        let unique: HashSet<_> = forms.iter().collect();
        assert_eq!(unique.len(), forms.len(), "{forms:?}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_text_has_itself_as_first_form(term in "[a-zA-Z'’ \\-创0-9.]{0,20}") {
        let forms = inflections(&term);
        let folded = fold(&term);
        prop_assert_eq!(forms[0].as_str(), folded.trim());
        prop_assert!(forms.len() < 80);
    }

    #[test]
    fn no_word_is_too_strange(word in any::<String>()) {
        lemma(&word);
        inflections(&word);
    }
}
