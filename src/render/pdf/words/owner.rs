//! One page for the owner, and the pages to fill in.

use super::parts::{alert, h2, list, plain, say, small, soft};
use super::{aid, result, verify};
use crate::render::RenderError;
use crate::render::aid::Aid;
use crate::render::pdf::block::{Block, Marker, Setting, Target, Text};
use crate::render::template::Templates;
use crate::report::{Owner, OwnerAction};

/// The page, and the pages that its actions name.
pub(super) fn blocks(
    owner: &Owner,
    templates: &Templates,
    file_name: &str,
) -> Result<Vec<Block>, RenderError> {
    let aids = owner.aids.iter().map(|id| crate::render::aid::aid(id, templates));
    let aids: Vec<Aid> = aids.collect::<Result<_, _>>()?;
    let mut blocks = first_page(owner);
    blocks.extend(actions(owner, &aids));
    blocks.push(small(vec![soft(format!(
        "This comes from your own answers. It is no certificate and no legal advice. The full report says where each number comes from. Made with Gapwise ({}); nothing left the machine that this page was made on. {}",
        owner.head.engine,
        verify(file_name)
    ))]));
    for aid in &aids {
        blocks.push(Block::NewPage);
        blocks.extend(aid::blocks(aid));
    }
    Ok(blocks)
}

fn first_page(owner: &Owner) -> Vec<Block> {
    let kicker = format!("On one page · {}", owner.questionnaire);
    let line = format!("As answered on {}. For inside the house.", owner.head.date);
    let mut blocks = result::head(&kicker, &owner.head, vec![soft(line)]);
    let mut card = vec![result::verdict(&owner.verdict, &owner.headline, &owner.sentence)];
    if !owner.broken.is_empty() {
        let more = (owner.more_broken > 0).then(|| format!("and {} more", owner.more_broken));
        card.push(list(owner.broken.iter().chain(&more)));
    }
    if !owner.figures.is_empty() {
        card.push(result::huge(&owner.overall, vec![soft(" of 100 points").small()]));
        card.push(result::gauge(&owner.overall, &owner.scale, &result::PLAIN, result::GAUGE));
        card.push(say(owner.figures.join(" ")));
    }
    blocks.extend(owner.alert.as_ref().map(|each| alert(each)));
    blocks.push(Block::Callout(result::tone(&owner.verdict), card));
    blocks
}

fn actions(owner: &Owner, aids: &[Aid]) -> Vec<Block> {
    if owner.actions.is_empty() {
        return Vec::new();
    }
    let entry = |action: &OwnerAction| {
        let aid = aids.iter().find(|aid| action.aid.as_ref() == Some(&aid.id));
        let about = about(action, aid);
        let mut blocks = vec![Block::Paragraph(vec![plain(&action.action)], Setting::Lead)];
        blocks.extend((!about.is_empty()).then(|| small(about)));
        blocks
    };
    let entries = owner.actions.iter().map(entry).collect();
    vec![h2("first", vec![plain("Do this first")]), Block::List(Marker::Number, entries)]
}

/// How long an action takes, what it helps with, what comes before it, and the page for it.
fn about(action: &OwnerAction, aid: Option<&Aid>) -> Text {
    let mut said = String::new();
    if let Some(effort) = &action.effort {
        said += &format!("Takes about {effort}, by our estimate. ");
    }
    if let Some(serves) = &action.serves {
        said += &format!("It helps with this: {serves}");
    }
    for ask in &action.after {
        said += &format!(" Settle this first: {ask}");
    }
    let mut text: Text = (!said.is_empty()).then(|| soft(said)).into_iter().collect();
    if let Some(aid) = aid {
        let page = Target::Anchor(format!("aid-{}", aid.id));
        text.extend([
            soft(" There is a page to fill in: "),
            soft(&aid.title).link(page),
            soft("."),
        ]);
    }
    text
}
