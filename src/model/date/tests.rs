//! What is read as a date, how it is printed, and in which order dates stand.

use super::*;

fn shown(text: &str) -> String {
    Date::from_text(text).map_or_else(|wrong| wrong, |date| date.to_string())
}

#[test]
fn dates_print_as_precisely_as_they_are_known() {
    assert_eq!(shown("2016"), "2016");
    assert_eq!(shown("2016-02"), "February 2016");
    assert_eq!(shown("2016-02-04"), "4 February 2016");
    assert_eq!(shown("2015-Q4"), "fourth quarter of 2015");
    assert_eq!(shown("about late 2015"), "about late 2015");
    assert_eq!(shown("mid 2016-02"), "mid-February 2016");
    assert_eq!(shown("2016-02-04/2016-02-05"), "4–5 February 2016");
    assert_eq!(shown("2016-02-04/2016-03-05"), "4 February – 5 March 2016");
    assert_eq!(shown("2016/2018"), "2016–2018");
    assert_eq!(shown("2014-02/.."), "since February 2014");
    assert_eq!(shown("../2014"), "until 2014");
    assert_eq!(
        shown("2016-02-04T20:36+06:00"),
        "4 February 2016, 20:36 (UTC+6; 14:36 UTC)"
    );
    assert_eq!(
        shown("2016-02-05 02:00:07-03:30"),
        "5 February 2016, 02:00:07 (UTC−3:30; 05:30:07 UTC)"
    );
    assert_eq!(
        shown("about 2016-02-05T02:00+05:45"),
        "about 5 February 2016, 02:00 (UTC+5:45; 4 February 2016, 20:15 UTC)"
    );
    assert_eq!(
        shown("2016-02-04T20:36Z/.."),
        "since 4 February 2016, 20:36 UTC"
    );
    assert_eq!(
        shown("2016-02-04/2016-02-04T23:00Z"),
        "4 February 2016 – 4 February 2016, 23:00 UTC"
    );
}

#[test]
fn what_is_no_date_is_refused() {
    for wrong in [
        "",
        "16",
        "2016-13",
        "2016-02-30",
        "2016-Q5",
        "early 2016-02-04",
        "../..",
        "2016-02-04-01",
        "2016-2",
        "soon",
        "2016-02-04T20:36",
        "2016-02-04T24:00Z",
        "2016-02-04T20:60Z",
        "2016-02-04T20Z",
        "2016-02-04T2:36Z",
        "2016-02-04T20:36:60Z",
        "2016-02-04T20:36+15:00",
        "2016-02-04T20:36-00:00",
        "2016-02-04T20:36+0600",
        "2016-02-04T20:36z",
        "2016-02T20:36Z",
        "early 2016-02-04T20:36Z",
    ] {
        assert!(Date::from_text(wrong).is_err(), "{wrong}");
    }
}

#[test]
fn bounds_follow_the_precision() {
    let bounds = |text: &str| {
        let date = Date::from_text(text).expect("a date");
        (
            date.earliest().map(|d| d.to_string()),
            date.latest().map(|d| d.to_string()),
        )
    };
    let days = |a: &str, b: &str| (Some(a.to_owned()), Some(b.to_owned()));
    assert_eq!(bounds("2015-Q4"), days("2015-10-01", "2015-12-31"));
    assert_eq!(bounds("late 2016-02"), days("2016-02-21", "2016-02-29"));
    assert_eq!(bounds("early 2018"), days("2018-01-01", "2018-04-30"));
    assert_eq!(bounds("2014/.."), (Some("2014-01-01".to_owned()), None));
    assert!(
        Date::from_text("2016/2015")
            .expect("a date")
            .ends_before_it_starts()
    );
    let in_order = |text: &str| {
        let date = Date::from_text(text).expect("a date");
        !date.ends_before_it_starts()
    };
    assert!(in_order("2016-05/2016"));
    // Two times are compared as instants, a time and a day by its day as it is written.
    assert!(in_order("2016-02-05T01:00+06:00/2016-02-04T20:00Z"));
    assert!(!in_order("2016-02-04T20:00Z/2016-02-05T01:00+06:00"));
    assert!(in_order("2016-02-05T01:00+06:00/2016-02-05"));
    assert!(!in_order("2016-02-05T01:00+06:00/2016-02-04"));
}

#[test]
fn times_are_sorted_as_instants_and_a_day_stands_before_its_times_in_utc() {
    let sorted = [
        "../2016-02-03",
        "2016-02-04T02:00+06:00",
        "2016-02-04/2016-02-05",
        "2016-02-04T06:00+06:00",
        "2016-02-04T00:00:01Z",
        "2016-02-04T20:36+06:00",
        "2016-02-04T14:37Z",
        "2016-02-05",
    ];
    let dates = sorted.map(|text| Date::from_text(text).expect("a date"));
    let instants = dates.map(|date| date.instant());
    assert!(instants.is_sorted_by(|one, other| one < other));
    let [first, last] = ["0001-01-01T00:00+14:00", "9999-12-31T23:59-12:00"]
        .map(|text| Date::from_text(text).expect("a date").instant());
    assert!(Instant::FIRST < first && first < last && last <= Instant::LAST);
}

#[test]
fn a_time_is_given_to_machines_as_it_is_written() {
    for text in [
        "2016-02-04T20:36+06:00",
        "2016-02-04T20:36:12Z",
        "2016-02-04T20:36-03:30",
    ] {
        let date = Date::from_text(text).expect("a date");
        assert_eq!(date.datetime().as_deref(), Some(text));
        assert_eq!(
            date.bounds(),
            [Some(text.to_owned()), Some(text.to_owned())]
        );
        let spaced = Date::from_text(&text.replace('T', " "));
        assert_eq!(spaced, Ok(date));
        assert_eq!(
            date.without_time().datetime().as_deref(),
            Some("2016-02-04")
        );
    }
}

proptest::proptest! {
    #[test]
    fn times_are_read_back_and_ordered_by_their_instants(
        one in times(),
        other in times(),
        text in "(about )?2016(-02)?(-04)?([T ][0-9:]{4,8})?(Z|[+-][0-9:]{2,5})?(/[^/]{0,22})?",
    ) {
        let dates = [&one, &other].map(|text| Date::from_text(text).expect("a time"));
        let [a, b] = dates.map(|date| date.instant());
        let iso = dates[0].datetime().expect("exact");
        proptest::prop_assert_eq!(Date::from_text(&iso), Ok(dates[0]));
        let minutes = |text: &str| text.parse::<jiff::Timestamp>().expect("a time").as_second();
        proptest::prop_assert_eq!(a.cmp(&b), minutes(&one).cmp(&minutes(&other)));
        // Whatever is read has its bounds in order, and is printed.
        if let Ok(date) = Date::from_text(&text) {
            let [(first, last), _] = date.compared(&date);
            proptest::prop_assert!(first <= last || date.ends_before_it_starts());
            proptest::prop_assert!(!date.to_string().is_empty());
        }
    }
}

fn times() -> impl proptest::strategy::Strategy<Value = String> {
    use proptest::prelude::Strategy as _;
    let clock = (1..=28, 0..24, 0..60, 0..60);
    (clock, -14 * 60..=14 * 60_i32).prop_map(|((day, hour, minute, second), ahead)| {
        let sign = if ahead < 0 { '-' } else { '+' };
        let (hours, minutes) = (ahead.abs() / 60, ahead.abs() % 60);
        let zone = match ahead {
            0 => "Z".to_owned(),
            _ => format!("{sign}{hours:02}:{minutes:02}"),
        };
        format!("2016-02-{day:02}T{hour:02}:{minute:02}:{second:02}{zone}")
    })
}
