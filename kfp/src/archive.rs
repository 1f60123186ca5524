//! Manifests in archives, as KFP's compiler writes them: `pipeline.yaml` in a `.zip`, `.tar.gz` or `.tgz`.

use std::io;
use std::path::Path;

/// The file in the archive.
#[cfg(feature = "archive")]
const MEMBER: &str = "pipeline.yaml";

/// The kinds of archives.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Archive {
    Zip,
    TarGz,
}

impl Archive {
    /// What a file of this name is; none if it is no archive.
    pub(crate) fn of(file: &Path) -> Option<Self> {
        let name = file.file_name()?.to_string_lossy().to_lowercase();
        let ends = |ending: &str| name.ends_with(ending);
        if ends(".zip") {
            return Some(Self::Zip);
        }
        (ends(".tar.gz") || ends(".tgz")).then_some(Self::TarGz)
    }

    /// The archive with this manifest; the same text gives the same bytes.
    #[cfg(feature = "archive")]
    pub(crate) fn pack(self, text: &str) -> io::Result<Vec<u8>> {
        match self {
            Self::Zip => zip(text),
            Self::TarGz => tar_gz(text),
        }
    }

    /// Refused before, where there is no feature.
    #[cfg(not(feature = "archive"))]
    #[expect(clippy::unused_self, reason = "called as with the feature")]
    pub(crate) fn pack(self, _: &str) -> io::Result<Vec<u8>> {
        Err(io::ErrorKind::Unsupported.into())
    }
}

#[cfg(feature = "archive")]
fn zip(text: &str) -> io::Result<Vec<u8>> {
    use io::Write;
    let options = zip::write::SimpleFileOptions::default()
        .compression_method(zip::CompressionMethod::Stored)
        .last_modified_time(zip::DateTime::default());
    let mut writer = zip::ZipWriter::new(io::Cursor::new(Vec::new()));
    writer.start_file(MEMBER, options)?;
    writer.write_all(text.as_bytes())?;
    Ok(writer.finish()?.into_inner())
}

#[cfg(feature = "archive")]
fn tar_gz(text: &str) -> io::Result<Vec<u8>> {
    let mut header = tar::Header::new_gnu();
    header.set_size(u64::try_from(text.len()).unwrap_or(u64::MAX));
    header.set_mode(0o644);
    header.set_mtime(0);
    let gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    let mut writer = tar::Builder::new(gzip);
    writer.append_data(&mut header, MEMBER, text.as_bytes())?;
    writer.into_inner()?.finish()
}

#[cfg(all(test, feature = "archive"))]
mod tests {
    use super::{Archive, MEMBER};
    use std::io::{Cursor, Read};
    use std::path::Path;

    #[test]
    fn hold_the_manifest() {
        let text = "kind: Workflow\n";
        let packed = Archive::of(Path::new("a/f.zip")).unwrap().pack(text).unwrap();
        let mut archive = zip::ZipArchive::new(Cursor::new(packed)).unwrap();
        let mut read = String::new();
        archive.by_name(MEMBER).unwrap().read_to_string(&mut read).unwrap();
        assert_eq!((read.as_str(), archive.len()), (text, 1));
        for name in ["f.tar.gz", "f.TGZ"] {
            let packed = Archive::of(Path::new(name)).unwrap().pack(text).unwrap();
            let mut archive = tar::Archive::new(flate2::read::GzDecoder::new(&*packed));
            let mut entries = archive.entries().unwrap();
            let mut entry = entries.next().unwrap().unwrap();
            assert_eq!(entry.path().unwrap(), Path::new(MEMBER));
            let mut read = String::new();
            entry.read_to_string(&mut read).unwrap();
            assert_eq!(read, text);
            assert!(entries.next().is_none());
        }
        assert_eq!(Archive::of(Path::new("f.zip.yaml")), None);
    }
}
