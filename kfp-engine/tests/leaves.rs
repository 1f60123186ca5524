//! Templates that run no program: requests, and lists of what is stored. How artifacts are packed.

mod support;

use kfp_engine::{Phase, Stored};
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::time::{Duration, Instant};
use support::{Trial, workflow};

/// A server that says what it was asked; its address.
fn server() -> String {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let address = listener.local_addr().expect("an address").to_string();
    std::thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            std::thread::spawn(move || answer(stream));
        }
    });
    address
}

fn answer(stream: TcpStream) {
    let mut reader = BufReader::new(stream.try_clone().expect("a stream"));
    let (mut head, mut length) = (Vec::new(), 0);
    loop {
        let mut line = String::new();
        reader.read_line(&mut line).expect("a line");
        if let Some(value) = line.to_lowercase().strip_prefix("content-length:") {
            length = value.trim().parse().expect("a number");
        }
        if line.trim().is_empty() {
            break;
        }
        head.push(line.trim().to_owned());
    }
    let mut body = vec![0; length];
    reader.read_exact(&mut body).expect("a body");
    let line = head.first().cloned().unwrap_or_default();
    if line.contains("/slow") {
        std::thread::sleep(Duration::from_secs(20));
    }
    let status = if line.contains("/missing") { "404 Not Found" } else { "201 Created" };
    let is_shown = |line: &&String| ["x-", "authorization:"].iter().any(|start| line.to_lowercase().starts_with(start));
    let own = head.iter().filter(is_shown);
    let text = format!("{line}|{}|{}", own.cloned().collect::<Vec<_>>().join(";"), String::from_utf8_lossy(&body));
    let text = match line.contains("/token") {
        true => format!(r#"{{"access_token": {:?}}}"#, text.replace(' ', "~")),
        false => text,
    };
    let head =
        format!("HTTP/1.1 {status}\r\nContent-Length: {}\r\nx-kind: trial\r\nConnection: close\r\n\r\n", text.len());
    let _ = { stream }.write_all(format!("{head}{text}").as_bytes());
}

fn request(fields: &str) -> Trial {
    let http = fields.replace("URL", &format!("http://{}", server()));
    Trial::new(&format!("  - name: main\n    http:\n      {http}\n"))
}

#[test]
fn the_answer_is_the_result() {
    let trial = request("url: URL/a?b=c");
    trial.succeeds();
    assert_eq!(trial.only().outputs.result.as_deref(), Some("GET /a?b=c HTTP/1.1||"));
    let log = std::fs::read_to_string(trial.folder().join("tasks/trial/main.out")).expect("a log");
    assert_eq!(log, "GET /a?b=c HTTP/1.1||");

    let trial = request(
        "{url: URL/a, method: PUT, body: text, headers: [{name: X-One, value: '1'}, {name: x-two, value: '2'}]}",
    );
    trial.succeeds();
    assert_eq!(trial.only().outputs.result.as_deref(), Some("PUT /a HTTP/1.1|x-one: 1;x-two: 2|text"));

    let trial = request("{url: URL/a, method: POST, bodyFrom: {bytes: aGVsbG8=}}");
    assert_eq!(trial.only().outputs.result.as_deref(), Some("POST /a HTTP/1.1||hello"));
}

#[test]
fn a_condition_says_what_is_a_success() {
    let trial = request("url: URL/missing");
    assert_eq!(trial.phase(), Phase::Failed);
    assert_eq!(trial.only().message, "received non-2xx response code: 404");
    for (condition, wanted) in [
        ("response.statusCode == 404", Phase::Succeeded),
        ("response.statusCode == 200", Phase::Failed),
        ("response.body contains 'missing'", Phase::Succeeded),
        ("response.headers['X-Kind'][0] == 'trial' && request.method == ''", Phase::Succeeded),
        ("response.statusCode + 1", Phase::Error),
    ] {
        let trial = request(&format!("{{url: URL/missing, successCondition: \"{condition}\"}}"));
        assert_eq!(trial.phase(), wanted, "{condition}");
    }
    let refused = Trial::new("  - {name: main, http: {url: 'http://x', successCondition: 'response.'}}\n").refusal();
    assert!(refused.contains("[KFP601]") && refused.contains("successCondition: response."), "{refused}");
}

#[test]
fn a_request_has_its_time() {
    let start = Instant::now();
    assert_eq!(request("{url: URL/slow, timeoutSeconds: 1}").phase(), Phase::Error);
    let slow =
        workflow(&format!("  - {{name: main, activeDeadlineSeconds: 1, http: {{url: 'http://{}/slow'}}}}\n", server()));
    let trial = Trial::of(&slow);
    assert_eq!((trial.phase(), trial.only().message.as_str()), (Phase::Failed, "it ran longer than its deadline"));
    assert!(start.elapsed() < Duration::from_secs(10));
    let nobody = Trial::new("  - {name: main, http: {url: 'http://127.0.0.1:1/'}}\n");
    assert_eq!(nobody.phase(), Phase::Error);
}

#[test]
fn a_header_may_be_a_secret() {
    let folder = tempfile::tempdir().expect("a folder");
    std::fs::write(folder.path().join("token"), "hidden").expect("a file");
    let text = workflow(&format!(
        "  - {{name: main, http: {{url: 'http://{}/', headers: [{{name: X-Token, valueFrom: {{secretKeyRef: {{name: s, key: token}}}}}}]}}}}\n",
        server()
    ));
    let missing = Trial::of(&text).refusal();
    assert!(missing.contains("`X-Token`") && missing.contains("--secret"), "{missing}");
    let trial = Trial::choosing(&text, |options| options.sources.add_secret("s", folder.path()).expect("a secret"));
    assert_eq!(trial.only().outputs.result.as_deref(), Some("GET / HTTP/1.1|x-token: hidden|"));
}

#[test]
fn what_is_stored_is_listed_and_changed() {
    let trial = Trial::new(
        r"
  - name: main
    steps:
    - - {name: make, template: make}
    - - {name: list, template: list}
      - {name: all, template: all}
    - - {name: use, template: use, withParam: '{{steps.list.outputs.result}}',
         arguments: {artifacts: [{name: in, s3: {key: '{{item}}'}}]}}
  - name: make
    outputs:
      artifacts:
      - {name: a, path: /tmp/a, archive: {none: {}}, s3: {key: logs/one/main.log}}
      - {name: b, path: /tmp/b, archive: {none: {}}, s3: {key: logs/two.log}}
      - {name: c, path: /tmp/c, archive: {none: {}}, s3: {key: other.txt}}
    container: {image: busybox, command: [sh, -c, 'for x in a b c; do echo $x >/tmp/$x; done']}
  - name: list
    data:
      source: {artifactPaths: {name: all, s3: {key: logs}}}
      transformation:
      - expression: filter(data, {# endsWith '.log'})
      - expression: map(data, {# + ''})
  - name: all
    data: {source: {artifactPaths: {name: all, s3: {bucket: any}}}, transformation: [{expression: 'count(data, true)'}]}
  - name: use
    inputs: {artifacts: [{name: in, path: /tmp/in}]}
    container: {image: busybox, command: [cat, /tmp/in]}
",
    );
    trial.succeeds();
    assert_eq!(trial.outcome(".list").outputs.result.as_deref(), Some(r#"["logs/one/main.log","logs/two.log"]"#));
    assert_eq!(trial.outcome(".all").outputs.result.as_deref(), Some("3"));
    assert_eq!(trial.outcome("(0:logs/one/main.log)").outputs.result.as_deref(), Some("a"));
    assert_eq!(trial.outcome("(1:logs/two.log)").outputs.result.as_deref(), Some("b"));
    let wrong = Trial::new(
        "  - {name: main, data: {source: {artifactPaths: {name: x}}, transformation: [{expression: 'filter('}]}}\n",
    );
    assert!(wrong.refusal().contains("[KFP601]"), "{}", wrong.refusal());
}

#[test]
fn an_artifact_travels_as_it_was_packed() {
    let trial = Trial::new(
        r"
  - name: main
    steps:
    - - {name: make, template: make}
    - - name: use
        template: use
        arguments:
          artifacts:
          - {name: zip, from: '{{steps.make.outputs.artifacts.zip}}'}
          - {name: folder, from: '{{steps.make.outputs.artifacts.folder}}'}
          - {name: plain, from: '{{steps.make.outputs.artifacts.plain}}'}
  - name: make
    outputs:
      artifacts:
      - {name: zip, path: /tmp/file, archive: {zip: {}}}
      - {name: folder, path: /tmp/folder, archive: {zip: {}}}
      - {name: plain, path: /tmp/packed.tgz, archive: {none: {}}}
    container:
      image: busybox
      command: [sh, -c, 'cd /tmp; mkdir -p folder/in; echo one >file; echo two >folder/a; echo three >folder/in/b; tar czf packed.tgz file']
  - name: use
    inputs: {artifacts: [{name: zip, path: /tmp/z}, {name: folder, path: /tmp/f}, {name: plain, path: /tmp/p}]}
    container: {image: busybox, command: [sh, -c, 'cat /tmp/z /tmp/f/a /tmp/f/in/b; tar tzf /tmp/p']}
",
    );
    trial.succeeds();
    assert_eq!(trial.outcome(".use").outputs.result.as_deref(), Some("one\ntwo\nthree\nfile"));
    let made = &trial.outcome(".make").outputs.artifacts["zip"];
    assert!(matches!(made, Stored::Zip(key) if key.ends_with("/zip.zip")), "{made:?}");
}

#[test]
fn artifacts_come_from_servers_and_repositories() {
    let text = r"
  - name: main
    inputs:
      artifacts:
      - {name: page, path: /in/page, http: {url: 'URL/a', headers: [{name: x-a, value: b}]}}
      - {name: source, path: /in/source, git: {repo: REPO, revision: first}}
      - {name: none, path: /in/none, optional: true, http: {url: ''}}
      - {name: part, path: /in/part, subPath: file, git: {repo: REPO, depth: 1, singleBranch: true, branch: main}}
    container: {image: busybox, command: [sh, -c, 'cat /in/page; echo; cat /in/source/file /in/part']}
";
    let place = tempfile::tempdir().expect("a folder");
    let repository = place.path().join("repo");
    let script = "git init -q -b main . && git config user.name a && git config user.email a@b && echo one > file && git add . \
        && git commit -qm one && git tag first && echo two > file && git commit -qam two";
    std::fs::create_dir(&repository).expect("a folder");
    let made = std::process::Command::new("sh").args(["-c", script]).current_dir(&repository).status();
    assert!(made.is_ok_and(|made| made.success()), "git");
    let repository = format!("file://{}", repository.display());
    let text = text.replace("URL", &format!("http://{}", server())).replace("REPO", &repository);
    let trial = Trial::new(&text);
    trial.succeeds();
    assert_eq!(trial.only().outputs.result.as_deref(), Some("GET /a HTTP/1.1|x-a: b|\none\ntwo"));

    let trial = Trial::new(&text.replace("/a'", "/missing'"));
    assert_eq!(trial.phase(), Phase::Error);
    assert!(trial.only().message.contains("/missing"), "{:?}", trial.only());
}

#[test]
fn every_bucket_is_the_folder_of_the_run() {
    for (field, location) in [
        ("gcs", "{bucket: b, key: some/file.tgz}"),
        ("oss", "{endpoint: e, bucket: b, key: some/file.tgz}"),
        ("azure", "{endpoint: e, container: c, blob: some/file.tgz}"),
        ("hdfs", "{addresses: ['h:1'], path: /some/file.tgz, force: true}"),
    ] {
        let trial = Trial::new(&format!(
            "
  - name: main
    steps:
    - - {{name: make, template: make}}
    - - {{name: read, template: read}}
  - name: make
    container: {{image: busybox, command: [sh, -c, 'mkdir -p /out; echo hello > /out/file']}}
    outputs: {{artifacts: [{{name: file, path: /out/file, {field}: {location}}}]}}
  - name: read
    inputs: {{artifacts: [{{name: file, path: /in/file, {field}: {location}}}]}}
    container: {{image: busybox, command: [cat, /in/file]}}
"
        ));
        trial.succeeds();
        assert_eq!(trial.outcome("read").outputs.result.as_deref(), Some("hello"), "{field}");
        assert!(trial.folder().join("artifacts/some/file.tgz").is_file(), "{field}");
    }
}

/// Secrets in a file, for a run.
fn secrets(place: &std::path::Path, pairs: &[(&str, &str)]) -> kfp_engine::Sources {
    let folder = place.join("secret");
    std::fs::create_dir_all(&folder).expect("a folder");
    for (key, value) in pairs {
        std::fs::write(folder.join(key), value).expect("a file");
    }
    let mut sources = kfp_engine::Sources::default();
    sources.add_secret("s", &folder).expect("a secret");
    sources
}

#[test]
fn servers_are_told_who_asks() {
    let text = r"
  - name: main
    inputs:
      artifacts:
      - name: login
        path: /in/login
        http: {url: 'SERVER/a', auth: {basicAuth: {usernameSecret: {name: s, key: user}, passwordSecret: {name: s, key: password}}}}
      - name: store
        path: /in/store
        artifactory: {url: 'SERVER/b', usernameSecret: {name: s, key: user}, passwordSecret: {name: s, key: password}}
      - name: token
        path: /in/token
        http:
          url: SERVER/c
          auth:
            oauth2:
              clientIDSecret: {name: s, key: user}
              clientSecretSecret: {name: s, key: password}
              tokenURLSecret: {name: s, key: token}
              scopes: [read, write]
              endpointParams: [{key: more, value: a}]
    container: {image: busybox, command: [sh, -c, 'for x in login store token; do cat /in/$x; echo; done']}
";
    let address = format!("http://{}", server());
    let place = tempfile::tempdir().expect("a folder");
    let pairs = [("user", "me"), ("password", "pass word\n"), ("token", &format!("{address}/token"))];
    let sources = secrets(place.path(), &pairs);
    let trial = Trial::choosing(&workflow(&text.replace("SERVER", &address)), |options| options.sources = sources);
    trial.succeeds();
    let result = trial.only().outputs.result.clone().expect("a result");
    let lines: Vec<&str> = result.lines().collect();
    assert_eq!(lines[0], "GET /a HTTP/1.1|authorization: Basic bWU6cGFzcyB3b3Jk|");
    assert_eq!(lines[1], "GET /b HTTP/1.1|authorization: Basic bWU6cGFzcyB3b3Jk|");
    let asked = "POST~/token~HTTP/1.1|authorization:~Basic~bWU6cGFzcyB3b3Jk|\
        grant_type=client_credentials&scope=read+write&more=a";
    let asked =
        asked.replace("read+write", if lines[2].contains("read%20write") { "read%20write" } else { "read+write" });
    assert_eq!(lines[2], format!("GET /c HTTP/1.1|authorization: Bearer {asked}|"));
}

#[test]
fn outputs_are_sent_to_servers_too() {
    let text = r"
  - name: main
    steps:
    - - {name: make, template: make}
    - - name: use
        template: use
        arguments: {artifacts: [{name: in, from: '{{steps.make.outputs.artifacts.out}}'}]}
  - name: make
    container: {image: busybox, command: [sh, -c, 'echo hello >/tmp/out']}
    outputs:
      artifacts:
      - {name: out, path: /tmp/out, archive: {none: {}}, http: {url: 'URL/put', headers: [{name: x-a, value: b}]}}
  - name: use
    inputs: {artifacts: [{name: in, path: /tmp/in}]}
    container: {image: busybox, command: [cat, /tmp/in]}
";
    let address = format!("http://{}", server());
    let trial = Trial::new(&text.replace("URL", &address));
    trial.succeeds();
    assert_eq!(trial.outcome(".use").outputs.result.as_deref(), Some("hello"));
    let trial = Trial::new(&text.replace("URL/put", &format!("{address}/missing")));
    assert_eq!(trial.outcome(".make").phase, Phase::Error);
    assert!(trial.outcome(".make").message.contains("/missing: http status: 404"), "{:?}", trial.outcome(".make"));
}

/// A server of the files in a folder for those who name themselves so; its address.
fn guarded(folder: std::path::PathBuf, who: &'static str) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let address = listener.local_addr().expect("an address").to_string();
    std::thread::spawn(move || {
        for mut stream in listener.incoming().flatten() {
            let lines = BufReader::new(stream.try_clone().expect("a stream")).lines().map_while(Result::ok);
            let head: Vec<String> = lines.take_while(|line| !line.is_empty()).collect();
            let path = head[0].split([' ', '?']).nth(1).unwrap_or_default().trim_start_matches('/').to_owned();
            let is_known = head.iter().any(|line| *line == format!("Authorization: Basic {who}"));
            let answer = match std::fs::read(folder.join(path)) {
                _ if !is_known => b"HTTP/1.1 403 Forbidden\r\nConnection: close\r\n\r\n".to_vec(),
                Ok(file) => [b"HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n".to_vec(), file].concat(),
                Err(_) => b"HTTP/1.1 404 Not Found\r\nConnection: close\r\n\r\n".to_vec(),
            };
            let _ = stream.write_all(&answer);
        }
    });
    address
}

/// Runs a script where a repository is to be.
fn shell(folder: &std::path::Path, script: &str) {
    let done = std::process::Command::new("sh").args(["-ec", script]).current_dir(folder).status();
    assert!(done.is_ok_and(|done| done.success()), "{script}");
}

const REPOSITORY: &str = "git init -q -b main && git config user.name a && git config user.email a@b && echo one > file && \
    git add . && git commit -qm one && git update-server-info";

#[test]
fn repositories_are_told_who_asks() {
    let place = tempfile::tempdir().expect("a folder");
    shell(place.path(), REPOSITORY);
    let address = guarded(place.path().to_owned(), "bWU6cGFzcyB3b3Jk");
    let text = r"
  - name: main
    inputs:
      artifacts:
      - name: source
        path: /in/source
        git: {repo: 'http://URL/.git', usernameSecret: {name: s, key: user}, passwordSecret: {name: s, key: password}}
    container: {image: busybox, command: [cat, /in/source/file]}
";
    let text = workflow(&text.replace("URL", &address));
    let run = |password: &str| {
        let secrets = secrets(place.path(), &[("user", "me"), ("password", password)]);
        Trial::choosing(&text, |options| options.sources = secrets)
    };
    let trial = run("pass word");
    trial.succeeds();
    assert_eq!(trial.only().outputs.result.as_deref(), Some("one"));
    let refused = run("other");
    assert!(refused.only().message.contains("403"), "{:?}", refused.only());
}

#[test]
#[expect(clippy::print_stderr, reason = "a skipped test says so")]
fn repositories_behind_ssh_are_asked_with_the_key() {
    const PROGRAM: &str = "/usr/sbin/sshd";
    let place = tempfile::tempdir().expect("a folder");
    if !std::path::Path::new(PROGRAM).exists() {
        eprintln!("skipped: there is no `sshd`");
        return;
    }
    shell(place.path(), REPOSITORY);
    shell(
        place.path(),
        "ssh-keygen -q -t ed25519 -N '' -f host && ssh-keygen -q -t ed25519 -N '' -f own && mkdir -p /run/sshd",
    );
    let port = TcpListener::bind("127.0.0.1:0").expect("a port").local_addr().expect("an address").port();
    let here = place.path().display();
    let settings = format!(
        "Port {port}\nListenAddress 127.0.0.1\nHostKey {here}/host\nAuthorizedKeysFile {here}/own.pub\nStrictModes no\n\
         PasswordAuthentication no\nPermitRootLogin prohibit-password\nPidFile none\nUsePAM no\n"
    );
    std::fs::write(place.path().join("settings"), settings).expect("a file");
    let mut server = std::process::Command::new(PROGRAM)
        .args(["-D", "-f"])
        .arg(place.path().join("settings"))
        .spawn()
        .expect("a server");
    let start = Instant::now();
    while TcpStream::connect(("127.0.0.1", port)).is_err() && start.elapsed() < Duration::from_secs(10) {
        std::thread::sleep(Duration::from_millis(20));
    }
    let who = std::process::Command::new("id").arg("-un").output().expect("a name").stdout;
    let repository = format!("ssh://{}@127.0.0.1:{port}{here}", String::from_utf8_lossy(&who).trim());
    let text = format!(
        "
  - name: main
    inputs:
      artifacts:
      - name: source
        path: /in/source
        git: {{repo: '{repository}', insecureIgnoreHostKey: true, sshPrivateKeySecret: {{name: s, key: key}}}}
    container: {{image: busybox, command: [cat, /in/source/file]}}
"
    );
    let run = |key: &str| {
        let secrets = secrets(place.path(), &[("key", key)]);
        Trial::choosing(&workflow(&text), |options| options.sources = secrets)
    };
    let good = run(&std::fs::read_to_string(place.path().join("own")).expect("a key"));
    let bad = run(&std::fs::read_to_string(place.path().join("host")).expect("a key"));
    let _ = server.kill();
    let _ = server.wait();
    good.succeeds();
    assert_eq!(good.only().outputs.result.as_deref(), Some("one"));
    assert!(bad.only().message.contains("git, ssh://"), "{:?}", bad.only());
    let left = std::fs::read_dir(good.folder().join("tasks/trial")).expect("a folder").flatten();
    assert!(left.map(|file| file.file_name()).all(|name| name != "git.key"), "no key is left");
}
