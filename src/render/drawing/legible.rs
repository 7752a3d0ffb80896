//! Whether a drawing can be read, for tests.

use super::width::width;
use super::{LINE, Mark, Point, Role, Scene, Side};

/// Everything lies within the drawing, and no line of words upon another.
pub(super) fn is_legible(scene: &Scene<'_>) -> Result<(), String> {
    let mut rows: Vec<(i32, i32, i32)> = Vec::new();
    for mark in &scene.marks {
        let ends = match mark {
            Mark::Line { from, to, .. } | Mark::Leader { from, to } | Mark::Curve { from, to } => {
                vec![*from, *to]
            }
            Mark::Head { at, .. } | Mark::Dot { at, .. } | Mark::Point { at, .. } => vec![*at],
            Mark::Bar { from, to, .. } => vec![*from, (*to, from.1)],
            Mark::Column {
                at, width, height, ..
            } => vec![*at, (at.0 + width, at.1 + height)],
            Mark::Band { from, to, breadth } => [*from, *to]
                .into_iter()
                .flat_map(|(x, y)| [(x, y), (x, y + breadth)])
                .collect(),
            // What is beyond the edges is cut.
            Mark::Land(_) | Mark::Area { .. } => vec![],
            Mark::Field(field) => vec![
                field.at,
                (field.at.0 + field.size.0, field.at.1 + field.size.1),
            ],
            Mark::Words {
                at,
                end,
                role,
                lines,
                remark,
                ..
            } => {
                let wide = |text: &String| width(text, role.size());
                let mut widths: Vec<i32> = lines.iter().map(wide).collect();
                if let Some(remark) = remark {
                    match remark.below {
                        true => widths.push(width(&remark.text, Role::Remark.size())),
                        false => {
                            let text = format!(" · {}", remark.text);
                            *widths.last_mut().unwrap() += width(&text, Role::Remark.size());
                        }
                    }
                }
                let places = (0..).zip(widths).map(|(nth, width)| {
                    let left = match end {
                        Side::Left => at.0,
                        Side::Middle => at.0 - width / 2,
                        Side::Right => at.0 - width,
                    };
                    (at.1 + LINE * nth, left, left + width)
                });
                let places: Vec<(i32, i32, i32)> = places.collect();
                let corners = places.iter().flat_map(|&(base, left, right)| {
                    [(left, base - role.size() + 4), (right, base + 3)]
                });
                let corners = corners.collect();
                rows.extend(places);
                corners
            }
        };
        let within =
            |&(x, y): &Point| (0..=scene.width).contains(&x) && (0..=scene.height).contains(&y);
        if !ends.iter().all(within) {
            return Err(format!(
                "{mark:?} is not within {} × {}",
                scene.width, scene.height
            ));
        }
    }
    for (at, one) in rows.iter().enumerate() {
        for other in &rows[at + 1..] {
            let apart = (one.0 - other.0).abs() >= 12 || one.2 <= other.1 || other.2 <= one.1;
            if !apart {
                return Err(format!("{one:?} lies on {other:?}"));
            }
        }
    }
    Ok(())
}
