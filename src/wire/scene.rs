//! What the big screen shows, by name.

use crate::domain::terms::programme::Scene;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// The wire's names of the scenes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum SceneName {
    Cover,
    Pitch,
    OnDeck,
    Segment,
    Timer,
    Draw,
    Leaderboard,
    Podium,
    Black,
    Reveal,
    Vote,
    Message,
    Logo,
    Signed,
    Correction,
}

impl From<Scene> for SceneName {
    fn from(scene: Scene) -> Self {
        match scene {
            Scene::Cover => SceneName::Cover,
            Scene::Pitch => SceneName::Pitch,
            Scene::OnDeck => SceneName::OnDeck,
            Scene::Segment => SceneName::Segment,
            Scene::Timer => SceneName::Timer,
            Scene::Draw => SceneName::Draw,
            Scene::Leaderboard => SceneName::Leaderboard,
            Scene::Podium => SceneName::Podium,
            Scene::Black => SceneName::Black,
            Scene::Reveal => SceneName::Reveal,
            Scene::Vote => SceneName::Vote,
            Scene::Message => SceneName::Message,
            Scene::Logo => SceneName::Logo,
            Scene::Signed => SceneName::Signed,
            Scene::Correction => SceneName::Correction,
        }
    }
}

impl From<SceneName> for Scene {
    fn from(scene: SceneName) -> Self {
        match scene {
            SceneName::Cover => Scene::Cover,
            SceneName::Pitch => Scene::Pitch,
            SceneName::OnDeck => Scene::OnDeck,
            SceneName::Segment => Scene::Segment,
            SceneName::Timer => Scene::Timer,
            SceneName::Draw => Scene::Draw,
            SceneName::Leaderboard => Scene::Leaderboard,
            SceneName::Podium => Scene::Podium,
            SceneName::Black => Scene::Black,
            SceneName::Reveal => Scene::Reveal,
            SceneName::Vote => Scene::Vote,
            SceneName::Message => Scene::Message,
            SceneName::Logo => Scene::Logo,
            SceneName::Signed => Scene::Signed,
            SceneName::Correction => Scene::Correction,
        }
    }
}
