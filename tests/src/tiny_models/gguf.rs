//! The GGUF container, version 3: metadata, tensor table, aligned `f32` data.

const ALIGNMENT: usize = 32;
const F32: u32 = 0;

/// A metadata value.
pub(super) enum Value {
    U32(u32),
    I32s(Vec<i32>),
    F32(f32),
    F32s(Vec<f32>),
    Bool(bool),
    Text(String),
    Texts(Vec<String>),
}

/// A file being put together.
#[derive(Default)]
pub(super) struct Gguf {
    metadata: Vec<u8>,
    entries: u64,
    table: Vec<u8>,
    tensors: u64,
    data: Vec<u8>,
}

impl Gguf {
    pub(super) fn set(&mut self, key: &str, value: &Value) {
        let out = &mut self.metadata;
        text(out, key);
        match value {
            Value::U32(number) => tagged(out, 4, &number.to_le_bytes()),
            Value::F32(number) => tagged(out, 6, &number.to_le_bytes()),
            Value::Bool(truth) => tagged(out, 7, &[u8::from(*truth)]),
            Value::Text(words) => {
                tagged(out, 8, &[]);
                text(out, words);
            }
            Value::I32s(numbers) => {
                array(out, 5, numbers.len());
                numbers.iter().for_each(|number| out.extend(number.to_le_bytes()));
            }
            Value::F32s(numbers) => {
                array(out, 6, numbers.len());
                numbers.iter().for_each(|number| out.extend(number.to_le_bytes()));
            }
            Value::Texts(texts) => {
                array(out, 8, texts.len());
                texts.iter().for_each(|words| text(out, words));
            }
        }
        self.entries += 1;
    }

    /// `shape` with the fastest dimension first.
    pub(super) fn tensor(&mut self, name: &str, shape: &[u64], values: &[f32]) {
        pad(&mut self.data);
        text(&mut self.table, name);
        self.table.extend(u32::try_from(shape.len()).unwrap_or(0).to_le_bytes());
        shape.iter().for_each(|size| self.table.extend(size.to_le_bytes()));
        self.table.extend(F32.to_le_bytes());
        self.table.extend((self.data.len() as u64).to_le_bytes());
        values.iter().for_each(|value| self.data.extend(value.to_le_bytes()));
        self.tensors += 1;
    }

    pub(super) fn bytes(self) -> Vec<u8> {
        let mut file = b"GGUF".to_vec();
        file.extend(3_u32.to_le_bytes());
        file.extend(self.tensors.to_le_bytes());
        file.extend(self.entries.to_le_bytes());
        file.extend(self.metadata);
        file.extend(self.table);
        pad(&mut file);
        file.extend(self.data);
        pad(&mut file);
        file
    }
}

fn tagged(out: &mut Vec<u8>, tag: u32, bytes: &[u8]) {
    out.extend(tag.to_le_bytes());
    out.extend(bytes);
}

fn array(out: &mut Vec<u8>, tag: u32, count: usize) {
    tagged(out, 9, &tag.to_le_bytes());
    out.extend((count as u64).to_le_bytes());
}

fn text(out: &mut Vec<u8>, text: &str) {
    out.extend((text.len() as u64).to_le_bytes());
    out.extend(text.as_bytes());
}

fn pad(bytes: &mut Vec<u8>) {
    bytes.resize(bytes.len().next_multiple_of(ALIGNMENT), 0);
}
