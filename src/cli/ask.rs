//! Questions at a terminal for what a command was not told.
//!
//! Takes where answers come from and where questions go; gives answers that hold. Asks again where one does not, with
//! the reason; an end of input stops the command.

use super::Stop;
use super::terminal::Terminal;
use std::io::{self, BufRead, IsTerminal as _, Write};

/// Somebody who answers.
pub(super) struct Asked<R, W> {
    answers: R,
    questions: W,
}

/// Whoever sits at the terminal; nobody where answers or questions go elsewhere.
pub(super) fn at(terminal: &Terminal) -> Option<Asked<io::StdinLock<'static>, io::Stderr>> {
    let there = terminal.is_watched() && io::stdin().is_terminal();
    there.then(|| Asked::of(io::stdin().lock(), io::stderr()))
}

impl<R: BufRead, W: Write> Asked<R, W> {
    pub(super) fn of(answers: R, questions: W) -> Asked<R, W> {
        Asked { answers, questions }
    }

    /// An answer that `read` understands; what it says of one that it does not is told.
    pub(super) fn answer<T>(
        &mut self,
        question: &str,
        read: impl Fn(&str) -> Result<T, String>,
    ) -> Result<T, Stop> {
        loop {
            let line = self.line(question)?;
            match read(&line) {
                Ok(value) => return Ok(value),
                Err(why) => self.tell(&format!("{why}\n"))?,
            }
        }
    }

    /// The same of what may be left out.
    pub(super) fn perhaps<T>(
        &mut self,
        question: &str,
        read: impl Fn(&str) -> Result<T, String>,
    ) -> Result<Option<T>, Stop> {
        let question = format!("{question} (Enter leaves it out)");
        self.answer(&question, |line| match line {
            "" => Ok(None),
            line => read(line).map(Some),
        })
    }

    fn line(&mut self, question: &str) -> Result<String, Stop> {
        self.tell(&format!("{question}: "))?;
        let mut line = String::new();
        let read = self.answers.read_line(&mut line);
        let read =
            read.map_err(|error| Stop::Machine(format!("cannot read the answer: {error}")))?;
        if read == 0 {
            self.tell("\n")?;
            return Err(Stop::Usage(
                "nothing was written: there was no answer".to_owned(),
            ));
        }
        Ok(line.trim().to_owned())
    }

    fn tell(&mut self, text: &str) -> Result<(), Stop> {
        let told = self.questions.write_all(text.as_bytes());
        told.and_then(|()| self.questions.flush())
            .map_err(|error| Stop::Machine(format!("cannot ask: {error}")))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn number(text: &str) -> Result<u32, String> {
        text.parse().map_err(|_| format!("`{text}` is no number"))
    }

    #[test]
    fn what_does_not_hold_is_asked_again_with_the_reason() {
        let mut told = Vec::new();
        let mut asked = Asked::of("x\n 7 \n".as_bytes(), &mut told);
        assert_eq!(asked.answer("How many", number).unwrap(), 7);
        let told = String::from_utf8(told).unwrap();
        assert_eq!(told, "How many: `x` is no number\nHow many: ");
    }

    #[test]
    fn what_may_be_left_out_is_left_out_by_an_empty_answer() {
        let mut asked = Asked::of("\n5\n".as_bytes(), io::sink());
        assert_eq!(asked.perhaps("How many", number).unwrap(), None);
        assert_eq!(asked.perhaps("How many", number).unwrap(), Some(5));
    }

    #[test]
    fn an_end_of_input_stops_the_command() {
        let mut asked = Asked::of("x\n".as_bytes(), io::sink());
        assert!(matches!(
            asked.answer("How many", number),
            Err(Stop::Usage(_))
        ));
    }
}
