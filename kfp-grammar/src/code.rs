//! The catalogue of codes.

use std::fmt;
use std::str::FromStr;

/// The name of one kind of mistake, as `KFP204`: stable, and the same wherever it is found.
///
/// The first digit says where: `0` in the source (macros), `1` types and wiring (rustc, through our traits), `2` the
/// whole graph, `3` a literal in one of the small languages, `4` `cargo build` and files, `5` inside the container, `6` the
/// local engine.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Code(pub u16);

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "KFP{:03}", self.0)
    }
}

/// `KFP014`, as messages show it; also in lower case, and the number alone.
impl FromStr for Code {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        let digits = text.strip_prefix("KFP").or_else(|| text.strip_prefix("kfp")).unwrap_or(text);
        let is_number = digits.len() <= 3 && digits.bytes().all(|byte| byte.is_ascii_digit());
        let number = if is_number { digits.parse().ok() } else { None };
        number.map(Code).ok_or(())
    }
}

impl fmt::Debug for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// Every code and its title, in the order of the codes.
pub const CATALOGUE: &[(Code, &str)] = &[
    (Code(1), "an option that there is not"),
    (Code(2), "something given twice"),
    (Code(3), "an attribute that is written otherwise"),
    (Code(4), "an option that takes a text"),
    (Code(5), "an option that takes a whole number"),
    (Code(6), "an option that takes `true` or `false`"),
    (Code(10), "a method where a function is wanted"),
    (Code(11), "an input without a plain name"),
    (Code(12), "an input that is borrowed"),
    (Code(13), "an input without a type of its own"),
    (Code(14), "a default for a file"),
    (Code(15), "generics where the types have to be known"),
    (Code(16), "an `async`, `unsafe` or `extern` function"),
    (Code(17), "a default that is written otherwise"),
    (Code(18), "an attribute on something that is no function"),
    (Code(19), "a `Result` around a `ContainerOp`"),
    (Code(20), "an option that the `ContainerOp` has already"),
    (Code(21), "an empty name"),
    (Code(22), "outputs without names"),
    (Code(23), "an option of serde that keeps a field out of the JSON by its name"),
    (Code(24), "a `#[kfp::allow(..)]` that is written otherwise"),
    (Code(25), "a code that cannot be allowed"),
    (Code(26), "a `#[kfp::allow(..)]` where no warning is"),
    (Code(27), "a condition that assigns"),
    (Code(28), "a computation with a value of the run"),
    (Code(30), "a `manifest!` that is written otherwise"),
    (Code(31), "a manifest file that cannot be read"),
    (Code(32), "a manifest file that is no YAML"),
    (Code(33), "a manifest file that is no Kubernetes resource"),
    (Code(34), "a field that is named otherwise than by a JSON pointer"),
    (Code(35), "a field of something that is not there"),
    (Code(36), "an `import_component!` that is written otherwise"),
    (Code(37), "a component file that cannot be read"),
    (Code(38), "a component of a graph that is known by a URL alone"),
    (Code(40), "an `Output` among the inputs of a pipeline"),
    (Code(41), "a `Result` from a pipeline"),
    (Code(42), "an exit handler that is written otherwise"),
    (Code(43), "a function of Rust's called as a task"),
    (Code(44), "arguments by position and by keyword in one call"),
    (Code(45), "a keyword that is no name"),
    (Code(46), "an argument given twice"),
    (Code(47), "`if let` on a value of the run"),
    (Code(48), "`let else` on a value of the run"),
    (Code(49), "a call inside another macro"),
    (Code(50), "a jump out of a block that is always built"),
    (Code(51), "a variable changed in a block that is always built"),
    (Code(52), "a `while` or `loop`"),
    (Code(53), "an exit handler on something else than a block"),
    (Code(54), "a guard in a `match`"),
    (Code(55), "a case behind `_`"),
    (Code(56), "a `match` without a case for the rest"),
    (Code(57), "a pattern that is no constant"),
    (Code(58), "a pattern for the item of a loop"),
    (Code(59), "an attribute of a block or a loop that is not where it belongs"),
    (Code(65), "an Argo that is no target"),
    (Code(66), "an option that takes a list"),
    (Code(67), "a manifest of a kind that there is not"),
    (Code(68), "a script that is told to run something else"),
    (Code(69), "dependencies of what is no script"),
    (Code(70), "a dependency that is written otherwise"),
    (Code(71), "a type that a script does not know"),
    (Code(72), "a path out of a script"),
    (Code(75), "`#[name]` without a name"),
    (Code(85), "a hook that is no closure"),
    (Code(86), "`#[fail_fast]` with something else than `true` or `false`"),
    (Code(87), "a name in braces that is no input"),
    (Code(101), "a type that does not travel by value"),
    (Code(102), "pod options on something that is no pod"),
    (Code(103), "waiting for something that is no task"),
    (Code(104), "an argument of another type"),
    (Code(105), "an artifact of another type"),
    (Code(106), "`_` for an input without a default"),
    (Code(107), "a default of another type"),
    (Code(108), "an argument or output that is missing"),
    (Code(109), "a struct that does not derive `Outputs`"),
    (Code(110), "a task with several outputs, or none, as one value"),
    (Code(111), "a block that ends in something else than a value"),
    (Code(112), "branches of different types"),
    (Code(113), "a value from an `if` without `else`"),
    (Code(114), "a condition on something else than a value of the run"),
    (Code(115), "a comparison with something that has no text"),
    (Code(116), "a loop over something else than a list"),
    (Code(117), "an element that a list cannot hold"),
    (Code(118), "something that a loop cannot collect"),
    (Code(119), "something that text cannot hold"),
    (Code(120), "something that a field of a pod cannot hold"),
    (Code(121), "something that a field of a manifest cannot hold"),
    (Code(122), "an output of another type than declared"),
    (Code(123), "a value at the end of a pipeline without outputs"),
    (Code(124), "an artifact as a return value"),
    (Code(125), "something that is no Kubernetes manifest"),
    (Code(126), "a comparison of two types"),
    (Code(127), "something that is no whole number"),
    (Code(130), "another kind of Kubernetes value"),
    (Code(131), "container options on something without a container"),
    (Code(135), "a configuration that is none"),
    (Code(140), "an argument that an imported component does not take"),
    (Code(141), "an element that a list of an imported component does not take"),
    (Code(145), "`Ok` or `Err` of something that does not say how it ended"),
    (Code(155), "something that is no number of retries"),
    (Code(156), "something that is no number of GPUs"),
    (Code(157), "a value formatted in another way than by `{}`"),
    (Code(158), "a value of the run in a macro of Rust's"),
    (Code(159), "a name out of a block that has ended"),
    (Code(160), "an output that is taken by something else than its name"),
    (Code(161), "an `async` block in a pipeline"),
    (Code(162), "a command that is no list"),
    (Code(163), "a component whose name begins with a capital"),
    (Code(201), "tasks that wait for each other"),
    (Code(202), "a task that waits for itself or for what it stands in"),
    (Code(203), "nothing runs in it"),
    (Code(204), "a name that Argo cannot have"),
    (Code(205), "two names that become the same"),
    (Code(206), "a value that nobody gives"),
    (Code(207), "recursion without a condition"),
    (Code(208), "a resource that nobody waits for"),
    (Code(209), "a value outside of its block"),
    (Code(210), "an artifact that the main pipeline takes"),
    (Code(211), "the failures of a part of a run"),
    (Code(212), "an exit handler on a pipeline that calls itself"),
    (Code(213), "an option without effect on a called pipeline"),
    (Code(214), "more tasks in a DAG than Argo accepts by default"),
    (Code(215), "a pod without a command"),
    (Code(216), "a word that the field does not take"),
    (Code(217), "a field without meaning for the action"),
    (Code(218), "a resource without a name"),
    (Code(219), "tasks that wait for more, so that a DAG fits"),
    (Code(220), "values that nobody takes"),
    (Code(221), "a parameter without effect"),
    (Code(222), "a condition that decides nothing"),
    (Code(223), "a retry of what is not safe to repeat"),
    (Code(224), "a GPU without a limit"),
    (Code(225), "an image without a version"),
    (Code(226), "a secret in plain text"),
    (Code(227), "a cached task that is there for its effect"),
    (Code(228), "a request above its limit"),
    (Code(230), "text that Argo would replace"),
    (Code(231), "a character that does not survive"),
    (Code(232), "an artifact where text is wanted"),
    (Code(233), "an input without a value"),
    (Code(240), "a value that the API of Kubernetes has otherwise"),
    (Code(241), "a mount without its volume"),
    (Code(242), "two volumes of one name"),
    (Code(243), "two mounts at one path"),
    (Code(245), "a number out of its range"),
    (Code(246), "two containers of one name"),
    (Code(247), "a volume that nobody mounts"),
    (Code(248), "a path where no volume is mounted"),
    (Code(249), "a snapshot of a volume without a claim"),
    (Code(250), "a change to a resource that is deleted"),
    (Code(251), "a manifest without `apiVersion` or `kind`"),
    (Code(257), "not a number or share of pods"),
    (Code(258), "not a volume for artifacts"),
    (Code(259), "a constant where artifacts travel through a volume"),
    (Code(260), "a placeholder where Argo does not know it"),
    (Code(261), "a clock without a time"),
    (Code(262), "a parameter that a clock cannot give"),
    (Code(263), "something that the targeted Argo does not have"),
    (Code(264), "a name that is too long for what a clock starts"),
    (Code(265), "a text of a command that is too long to be started"),
    (Code(267), "the text of an artifact that no task of the pipeline writes"),
    (Code(268), "an argument that chooses between others, and is known only when the pipeline runs"),
    (Code(270), "an output of a task that may have failed"),
    (Code(271), "an output of a task in a hook that runs without it"),
    (Code(272), "a pause that ends before somebody answers"),
    (Code(273), "a lock that this Argo does not have"),
    (Code(274), "a result that is remembered by nothing"),
    (Code(275), "a patch of a pod that is no object"),
    (Code(276), "a daemon of which nobody knows when it is ready"),
    (Code(277), "a daemon of whose end something is asked"),
    (Code(278), "an output of a daemon"),
    (Code(279), "the address of a daemon that has ended"),
    (Code(280), "a lock of a run that is named by no parameter"),
    (Code(281), "a parameter that the pipeline of an op transformer does not have"),
    (Code(282), "options of a file that no task of the pipeline makes"),
    (Code(283), "a file that may be missing, where it has to be there"),
    (Code(284), "a place where no file can be kept"),
    (Code(285), "a metric that Argo or Prometheus does not take"),
    (Code(290), "more templates than Argo accepts by default"),
    (Code(291), "a manifest that the API server does not take"),
    (Code(292), "a manifest that is nearly too large"),
    (Code(293), "more inputs of a template than Argo accepts by default"),
    (Code(301), "not a Kubernetes quantity"),
    (Code(302), "a quantity that this resource cannot have"),
    (Code(305), "not a label or annotation key"),
    (Code(306), "not a label value"),
    (Code(310), "not a duration"),
    (Code(311), "not an ISO-8601 duration"),
    (Code(320), "not an image reference"),
    (Code(321), "a file that is packed in an unknown way"),
    (Code(322), "permissions of a file that are none"),
    (Code(323), "what no metric can tell"),
    (Code(324), "a template in the cluster without its names"),
    (Code(325), "a component with a body that does not run, or without one"),
    (Code(326), "an option that a template in the cluster has, or only such a one"),
    (Code(330), "not a resource condition"),
    (Code(335), "not a JSONPath"),
    (Code(340), "not a Kubernetes name"),
    (Code(350), "not a name of an environment variable"),
    (Code(351), "not a path in a container"),
    (Code(355), "not a schedule"),
    (Code(356), "not a time zone"),
    (Code(360), "a component file that is no YAML"),
    (Code(361), "a key that a component file does not have"),
    (Code(362), "something in a component file of another form"),
    (Code(363), "a key that a component file needs"),
    (Code(364), "two inputs or outputs of one name"),
    (Code(365), "a placeholder that there is not"),
    (Code(366), "an input or output that a component file does not declare"),
    (Code(367), "two paths for one output"),
    (Code(368), "a graph of components that does not hang together"),
    (Code(369), "a default that is no value of its type"),
    (Code(371), "an output that nothing writes"),
    (Code(372), "something that is neither `true` nor `false`"),
    (Code(373), "a value of the pipeline where the manifest needs a constant"),
    (Code(374), "containers of one pod that do not fit together"),
    (Code(380), "a place of a file that is none"),
    (Code(381), "a variable of the environment in two pieces"),
    (Code(382), "memory that no program runs with"),
    (Code(395), "an argument by its name where there are no names"),
    (Code(396), "a name of KFP for Python"),
    (Code(397), "an option of a task as a field"),
    (Code(398), "a component where a task is waited for"),
    (Code(399), "an error that says nothing"),
    (Code(401), "a component called while its pipeline is built"),
    (Code(402), "two components of one name"),
    (Code(403), "two pipelines of one file"),
    (Code(404), "a panic while a pipeline is built"),
    (Code(405), "a build script without pipelines"),
    (Code(406), "a command that the program does not have"),
    (Code(407), "a file that cannot be written"),
    (Code(408), "an archive without the feature that writes it"),
    (Code(420), "a list of warnings that names something else"),
    (Code(450), "a text that is no manifest"),
    (Code(451), "another manifest than expected"),
    (Code(460), "an expression that Argo cannot read"),
    (Code(461), "a `when` that Argo cannot read"),
    (Code(462), "a `depends` that Argo cannot evaluate"),
    (Code(463), "a reference to nothing"),
    (Code(464), "a reference to a task that nobody waits for"),
    (Code(465), "a task named like a word of Argo's expressions"),
    (Code(466), "a tag without an end"),
    (Code(467), "a loop that cannot run"),
    (Code(468), "a pod patch that is no map"),
    (Code(469), "a key of a memo that Argo does not take"),
    (Code(470), "more than the definitions of Argo 4 take"),
    (Code(471), "a manifest that a cluster does not take"),
    (Code(472), "a template of no kind, or of two"),
    (Code(473), "two things of one name in a manifest"),
    (Code(474), "a call that does not fit its template"),
    (Code(475), "a condition of a manifest that never changes"),
    (Code(476), "a number or boolean where Argo 4 takes text"),
    (Code(477), "a field that Argo does not know"),
    (Code(478), "a field that Argo 4 has no more"),
    (Code(479), "a resource that is no Kubernetes manifest"),
    (Code(480), "a result that Argo does not keep"),
    (Code(481), "a template that nothing calls"),
    (Code(482), "tasks of a manifest that wait for each other"),
    (Code(500), "a component that the program does not have"),
    (Code(501), "an image and a manifest from different sources"),
    (Code(502), "not a command line of `kfp-exec`"),
    (Code(503), "an input that is no value of its type"),
    (Code(504), "an input artifact that is not there"),
    (Code(505), "a component that returned an error"),
    (Code(506), "a component that panicked"),
    (Code(507), "an output that was never written"),
    (Code(508), "a returned value that has no text"),
    (Code(509), "an output that the file system refuses"),
    (Code(601), "a field that the local engine does not know"),
    (Code(602), "a template that is not there"),
    (Code(603), "a parameter that is missing or unknown"),
    (Code(604), "a file of a run that cannot be used"),
    (Code(605), "a journal that cannot be used"),
    (Code(606), "a config map or secret that is not given"),
    (Code(607), "a program of the components that is not there"),
    (Code(608), "a task to run again that has not run"),
    (Code(609), "an image whose program is not on this machine"),
    (Code(610), "a resource of a cluster, and no cluster"),
    (Code(611), "a runner of containers that is not on this machine"),
];

/// The codes of warnings: legal, and probably not meant. All others are errors.
pub const WARNINGS: &[Code] = &[
    Code(208),
    Code(213),
    Code(214),
    Code(215),
    Code(219),
    Code(220),
    Code(221),
    Code(222),
    Code(223),
    Code(224),
    Code(225),
    Code(226),
    Code(227),
    Code(247),
    Code(276),
    Code(290),
    Code(292),
    Code(293),
    Code(382),
];

impl Code {
    /// Whether it is a warning, which can be allowed where it is meant.
    pub fn is_warning(self) -> bool {
        WARNINGS.contains(&self)
    }

    /// What kind of mistake it is, in a few words; empty for a code that the catalogue does not have.
    pub fn title(self) -> &'static str {
        CATALOGUE.binary_search_by_key(&self, |entry| entry.0).map_or("", |found| CATALOGUE[found].1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_catalogue_is_sorted_and_each_code_is_in_it_once() {
        assert!(CATALOGUE.is_sorted_by(|a, b| a.0 < b.0));
        assert!(CATALOGUE.iter().all(|(code, title)| !title.is_empty() && code.title() == *title));
        assert_eq!(Code(999).title(), "");
        assert_eq!(Code(7).to_string(), "KFP007");
        for text in ["KFP007", "kfp007", "7"] {
            assert_eq!(text.parse(), Ok(Code(7)));
        }
        for text in ["", "KFP", "KFP-7", "KFP1000", "+7", "code"] {
            assert_eq!(text.parse::<Code>(), Err(()));
        }
        assert!(WARNINGS.iter().all(|code| !code.title().is_empty()));
    }
}
