//! Who plays here, what they chose, and their data in and out.

use std::path::Path;
use std::sync::Arc;

use pipeline::journal::{Settings, StudentId};
use tauri::{AppHandle, State};
use tutor::{LessonEvent, Manner, Style, diagnose_as};

use super::files::{self, PROGRESS};
use crate::error::AppError;
use crate::state::AppState;
use crate::view::{
    ExportView, HomeView, ImportView, IncomingView, SettingsView, StudentView, StyleView, count,
};

fn view(home: &host::Household) -> Result<HomeView, AppError> {
    let failed = |error| AppError::journal(&error);
    let current = home.current().map_err(failed)?;
    let usual = Settings::default();
    Ok(HomeView {
        students: home.students().map_err(failed)?.iter().map(StudentView::from).collect(),
        settings: current.as_ref().map_or(&usual, |student| &student.settings).into(),
        current: current.as_ref().map(StudentView::from),
        writable: home.is_writer(),
        notices: home.notices().iter().map(host::notice_text).collect(),
    })
}

/// Who plays here.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn home(state: State<'_, AppState>) -> Result<HomeView, AppError> {
    state.with_home(|home| view(home))
}

/// Somebody new, by a name or a colour (null: without either), who plays from now on.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn admit(
    state: State<'_, AppState>,
    name: Option<String>,
    settings: SettingsView,
) -> Result<HomeView, AppError> {
    state.with_home(|home| {
        let name = name.as_deref().unwrap_or(host::ME);
        home.admit(name, &settings.over(&Settings::default()), host::now().day)
            .map_err(|error| AppError::journal(&error))?;
        view(home)
    })
}

/// Another student plays from now on.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn switch_student(state: State<'_, AppState>, id: u32) -> Result<HomeView, AppError> {
    state.with_home(|home| {
        home.switch(StudentId(id.into())).map_err(|error| AppError::journal(&error))?;
        view(home)
    })
}

/// The student who plays now chooses.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn choose(
    state: State<'_, AppState>,
    settings: SettingsView,
) -> Result<HomeView, AppError> {
    state.with_home(|home| {
        let failed = |error| AppError::journal(&error);
        let kept = home.current().map_err(failed)?.map(|student| student.settings);
        home.choose(&settings.over(&kept.unwrap_or_default())).map_err(failed)?;
        view(home)
    })
}

/// The ways of teaching, with a sentence of each.
#[tauri::command]
#[specta::specta]
pub(crate) fn styles() -> Vec<StyleView> {
    let of = |(id, name): (&'static str, &'static str)| StyleView {
        id: id.to_owned(),
        name: name.to_owned(),
        sample: Style::named(id).and_then(sample).unwrap_or_default(),
    };
    Style::built_in().map(of).collect()
}

/// Writes the progress of everybody here into a file that the student places.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn export_progress(
    app: AppHandle,
    state: State<'_, AppState>,
) -> Result<ExportView, AppError> {
    let name = format!("prita-{}.json", host::now().day);
    let file = files::place(&app, &PROGRESS, &name)?;
    state.with_home(|home| {
        let written = home.export(&file, None).map_err(|error| AppError::portable(&error))?;
        let (students, records) = (count(written.students), count(written.records));
        Ok(ExportView { file: file_name(&file), students, records })
    })
}

/// Lets the student pick a file of progress and says what taking it would replace; nothing is
/// changed before [`import_progress`].
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn look_into_progress(
    app: AppHandle,
    state: State<'_, AppState>,
) -> Result<ImportView, AppError> {
    let file = files::pick(&app, &PROGRESS)?;
    state.look_into(&file, |import| ImportView {
        file: file_name(&file),
        students: import.incoming().iter().map(IncomingView::from).collect(),
    })
}

/// Takes what was looked into: all of it, or nothing.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn import_progress(state: State<'_, AppState>) -> Result<HomeView, AppError> {
    state.import()?;
    state.with_home(|home| view(home))
}

/// Removes a student and everything of theirs, also from the copies.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn forget_student(state: State<'_, AppState>, id: u32) -> Result<HomeView, AppError> {
    state.close();
    state.with_home(|home| {
        home.forget_student(StudentId(id.into())).map_err(|error| AppError::journal(&error))?;
        view(home)
    })
}

/// Removes everything that is kept here: students, progress, songs of files, what was learnt of the
/// guitar.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn forget_all(state: State<'_, AppState>) -> Result<(), AppError> {
    state.close();
    state.forget()
}

/// What a teacher of this style says of a third string that does not ring.
fn sample(style: Arc<Style>) -> Option<String> {
    let dead = r#"{"v":1,"target":"E:min","strings":[{"string":3,"state":"dead","confidence":0.95}],
        "presses":[{"string":4,"fret":2,"finger":"ring","confidence":0.9,"touches":[3]}]}"#;
    let event = LessonEvent::parse(dead).ok()?;
    Some(diagnose_as(&Manner { style, ..Manner::default() }, &event).tip.display)
}

fn file_name(file: &Path) -> String {
    file.file_name().unwrap_or_default().to_string_lossy().into_owned()
}
