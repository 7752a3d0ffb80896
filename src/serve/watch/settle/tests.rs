//! When paths are given out, on a clock of our own.

use super::*;

fn ms(ms: u64) -> Duration {
    Duration::from_millis(ms)
}

/// A clock that steps by the millisecond, and a disk on which every file has the same size.
struct Clock {
    settle: Settle,
    start: Instant,
    now: u64,
    size: Option<u64>,
    given: Vec<(u64, Vec<String>)>,
}

fn clock() -> Clock {
    Clock {
        settle: Settle::default(),
        start: Instant::now(),
        now: 0,
        size: Some(1),
        given: Vec::new(),
    }
}

impl Clock {
    fn at(&self) -> Instant {
        self.start + ms(self.now)
    }

    fn pass(&mut self, time: u64) {
        for _ in 0..time {
            self.now += 1;
            let size = self.size;
            let measure = |_: &Path| Some((size?, SystemTime::UNIX_EPOCH));
            let ready = self.settle.release(self.start + ms(self.now), measure);
            if !ready.is_empty() {
                let names = ready.iter().map(|path| path.display().to_string());
                self.given.push((self.now, names.collect()));
            }
        }
    }

    fn written(&mut self, path: &str) -> &mut Clock {
        self.settle.written(path.into(), self.at());
        self
    }

    fn whole(&mut self, path: &str) -> &mut Clock {
        self.settle.whole(path.into(), self.at());
        self
    }

    fn gone(&mut self, path: &str) -> &mut Clock {
        self.settle.gone(path.into(), self.at());
        self
    }

    #[track_caller]
    fn gives(&self, expected: &[(u64, &[&str])]) {
        let given: Vec<(u64, Vec<&str>)> = self
            .given
            .iter()
            .map(|(at, paths)| (*at, paths.iter().map(String::as_str).collect()))
            .collect();
        let expected: Vec<_> = expected
            .iter()
            .map(|(at, paths)| (*at, paths.to_vec()))
            .collect();
        assert_eq!(given, expected);
    }
}

#[test]
fn what_is_saved_together_is_given_out_together() {
    let mut clock = clock();
    clock.whole("a").pass(3);
    clock.written("b").whole("b").pass(100);
    clock.gives(&[(8, &["a", "b"])]);
}

#[test]
fn one_who_saves_without_end_is_seen_all_the_same() {
    let mut clock = clock();
    for _ in 0..60 {
        clock.written("a").pass(1);
        clock.whole("a").pass(1);
    }
    let count = clock.given.len();
    assert!((2..=3).contains(&count), "{:?}", clock.given);
}

#[test]
fn what_is_gone_is_held_and_forgotten_when_it_comes_back() {
    let mut clock = clock();
    clock.gone("a").pass(40);
    clock.written("a").pass(200);
    clock.gives(&[]);
    clock.whole("a").pass(5);
    clock.gone("b").pass(100);
    clock.gives(&[(245, &["a"]), (320, &["b"])]);
}

#[test]
fn an_empty_file_is_held_like_one_that_is_gone() {
    let mut clock = clock();
    clock.size = Some(0);
    clock.whole("a").pass(100);
    clock.gives(&[(75, &["a"])]);
    clock.size = None;
    clock.whole("a").pass(20);
    clock.size = Some(1);
    clock.whole("a").pass(100);
    clock.gives(&[(75, &["a"]), (125, &["a"])]);
}

#[cfg(target_os = "linux")]
#[test]
fn a_file_that_is_written_and_kept_open_is_seen_once_it_stays_the_same() {
    let mut clock = clock();
    clock.written("a").pass(900);
    clock.size = Some(2);
    clock.written("a").pass(4000);
    clock.gives(&[(2900, &["a"])]);
    for _ in 0..50 {
        clock.written("b").pass(100);
    }
    assert_eq!(clock.given[1].0, 7900, "not put off for ever");
}

#[test]
fn of_many_changes_all_is_given_out_at_once() {
    let mut clock = clock();
    let names: Vec<String> = (0..100).map(|count| format!("{count:02}")).collect();
    for name in &names {
        clock.gone(name);
    }
    for name in &names[..50] {
        clock.pass(1);
        clock.written(name).whole(name);
    }
    clock.pass(30);
    clock.whole("one more").pass(200);
    let sizes: Vec<_> = clock
        .given
        .iter()
        .map(|(at, paths)| (*at, paths.len()))
        .collect();
    assert_eq!(sizes, [(155, 101)]);
    // What comes soon after belongs to it.
    clock.whole("late").pass(100);
    assert_eq!(clock.given[1].0, 280 + 75);
    clock.pass(600);
    clock.whole("later").pass(100);
    assert_eq!(clock.given[2].0, 980 + 5);
}
