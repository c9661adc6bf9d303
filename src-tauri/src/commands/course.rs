//! Today, the path, songs, progress: what the course says to the screens.

use host::{Learner, SongShelf, song_of_file};
use tauri::{AppHandle, State};
use tutor::course::song::{Song, own_songs};
use tutor::course::{self, step};

use super::files::{self, SONG};
use crate::error::AppError;
use crate::state::AppState;
use crate::view::{OrderView, PathView, ProgressView, SongCard, SongView, TodayView};

/// Today's plan; `minutes` for another length than the student's own.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn today(
    state: State<'_, AppState>,
    minutes: Option<u8>,
) -> Result<TodayView, AppError> {
    let (learner, today) = learner(&state)?;
    let path = learner.path();
    let given = learner.given(&path, today, minutes);
    Ok(TodayView::of(&given, learner.seconds_on(today)))
}

/// The path, step by step.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn path(state: State<'_, AppState>) -> Result<PathView, AppError> {
    let (learner, today) = learner(&state)?;
    let path = learner.path();
    Ok(PathView::of(&path, &learner.given(&path, today, None)))
}

/// Another order of the chapters; nothing that was practised is lost.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn choose_order(
    state: State<'_, AppState>,
    order: OrderView,
) -> Result<PathView, AppError> {
    chosen(&state, |choices| choices.order = order.into())?;
    path(state)
}

/// Leaves steps behind without passing them, or comes back to them. Ids of steps.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn move_on(
    state: State<'_, AppState>,
    steps: Vec<String>,
    back: bool,
) -> Result<PathView, AppError> {
    chosen(&state, |choices| {
        let known = steps.into_iter().filter(|id| step(id).is_some());
        let known: Vec<String> = known.collect();
        choices.moved_on.retain(|id| !known.contains(id));
        if !back {
            choices.moved_on.extend(known);
            choices.moved_on.sort();
        }
    })?;
    path(state)
}

/// Every song, those of this app first.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn songs(state: State<'_, AppState>) -> Result<Vec<SongCard>, AppError> {
    let (learner, _) = learner(&state)?;
    let path = learner.path();
    let all = own_songs().iter().chain(&learner.songs);
    Ok(all.map(|song| SongCard::of(song, &path)).collect())
}

/// A song's sheet; `easy`: with a capo where that is easier.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn song(
    state: State<'_, AppState>,
    id: String,
    easy: bool,
) -> Result<SongView, AppError> {
    let (learner, _) = learner(&state)?;
    let mut all = own_songs().iter().chain(&learner.songs);
    let song = all.find(|song| song.id == id).ok_or_else(AppError::unexpected)?;
    Ok(SongView::of(song, easy, &learner.path(), learner.settings.notes))
}

/// Lets the student pick a song's file and keeps the song; the same song again is replaced.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn import_song(
    app: AppHandle,
    state: State<'_, AppState>,
) -> Result<SongView, AppError> {
    let file = files::pick(&app, &SONG)?;
    let song = song_of_file(&file).map_err(|error| AppError::song(&error))?;
    let shelf = state.with_home(|home| Ok(home.songs()))?;
    let song = shelf.placed(song);
    shelf.keep(&song).map_err(|error| AppError::unkept(&error))?;
    shown(&state, &song)
}

/// Removes a song of the student's own files.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn forget_song(state: State<'_, AppState>, id: String) -> Result<(), AppError> {
    let shelf: SongShelf = state.with_home(|home| Ok(home.songs()))?;
    shelf.remove(&id).map(drop).map_err(|error| AppError::unkept(&error))
}

/// What improved.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn progress(state: State<'_, AppState>) -> Result<ProgressView, AppError> {
    let (learner, today) = learner(&state)?;
    let report = course::report(&learner.measurements, today);
    Ok(ProgressView::of(report, today, learner.settings.notes))
}

fn learner(state: &AppState) -> Result<(Learner, tutor::review::Day), AppError> {
    let today = host::now().day;
    let learner =
        state.with_home(|home| home.learner(today).map_err(|error| AppError::journal(&error)))?;
    Ok((learner, today))
}

fn shown(state: &AppState, song: &Song) -> Result<SongView, AppError> {
    let (learner, _) = learner(state)?;
    Ok(SongView::of(song, false, &learner.path(), learner.settings.notes))
}

fn chosen(state: &AppState, choose: impl FnOnce(&mut course::Choices)) -> Result<(), AppError> {
    state.with_home(|home| {
        let failed = |error| AppError::journal(&error);
        let student = home.current().map_err(failed)?;
        let mut settings = student.map(|student| student.settings).unwrap_or_default();
        choose(&mut settings.course);
        home.choose(&settings).map_err(failed)
    })
}
