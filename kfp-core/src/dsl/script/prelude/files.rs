/// An artifact that the function reads.
pub struct Input<A>(std::path::PathBuf, std::marker::PhantomData<fn() -> A>);

impl<A> Input<A> {
    pub fn from_path(path: impl Into<std::path::PathBuf>) -> Self {
        Self(path.into(), std::marker::PhantomData)
    }
    pub fn path(&self) -> &std::path::Path {
        &self.0
    }
    pub fn read(&self) -> std::io::Result<Vec<u8>> {
        std::fs::read(&self.0)
    }
    pub fn read_to_string(&self) -> std::io::Result<String> {
        std::fs::read_to_string(&self.0)
    }
    pub fn open(&self) -> std::io::Result<std::fs::File> {
        std::fs::File::open(&self.0)
    }
}

impl<A> Clone for Input<A> {
    fn clone(&self) -> Self {
        Self::from_path(&self.0)
    }
}

/// An artifact that the function writes.
pub struct Output<A>(Input<A>);

impl<A> Output<A> {
    pub fn path(&self) -> &std::path::Path {
        self.0.path()
    }
    pub fn create(&self) -> std::io::Result<std::fs::File> {
        std::fs::File::create(self.path())
    }
    pub fn write(&self, bytes: impl AsRef<[u8]>) -> std::io::Result<()> {
        std::fs::write(self.path(), bytes)
    }
    pub fn read_to_string(&self) -> std::io::Result<String> {
        self.0.read_to_string()
    }
    pub fn to_input(&self) -> Input<A> {
        self.0.clone()
    }
}

impl<A> Clone for Output<A> {
    fn clone(&self) -> Self {
        Self(self.0.clone())
    }
}

impl Call {
    pub fn input<A>(&self, name: &str) -> Input<A> {
        Input::from_path(self.text(name))
    }
    pub fn output<A>(&mut self, name: &'static str) -> Output<A> {
        let path = self.place(name);
        self.files.push((name, path.clone()));
        Output(Input::from_path(path))
    }
}
