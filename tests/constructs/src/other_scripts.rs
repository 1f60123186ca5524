//! Names in any script.

#![allow(clippy::print_stdout, reason = "what steps print is their log")]

#[cfg(test)]
use crate::snapshot::check;
use crate::steps::print;
use kfp::prelude::*;

/// Обучает модель.
#[component(image = "steps:1", memory = "1Gi")]
fn обучить_модель(
    размер: i64,
    данные: Input<Text>,
    модель: Output<Model>,
) -> Result<Оценка, Box<dyn std::error::Error>> {
    std::fs::write(модель.path(), format!("{} {размер}", данные.read_to_string()?))?;
    Ok(Оценка { точность: 0.5 * f64::from(i32::try_from(размер)?), 标签: "好".to_owned() })
}

#[derive(Outputs)]
struct Оценка {
    точность: f64,
    标签: String,
}

/// 評価する。
#[component(image = "steps:1")]
fn 评估(模型: Input<Model>, 数据: Vec<String>) -> Result<Vec<String>, std::io::Error> {
    let text = 模型.read_to_string()?;
    Ok(数据.iter().map(|part| format!("{part}: {text}")).collect())
}

#[component(image = "steps:1", name = "🚀")]
fn launch(نموذج: String, größe: f64) {
    println!("{نموذج} {größe}");
}

#[component(name = "データ")]
fn data(テキスト: String, データ: Output<Text>) -> ContainerOp {
    ContainerOp::new("データ", "busybox:1.36")
        .command(["sh", "-c", r#"mkdir -p "$(dirname "$1")" && printf %s "$0" > "$1""#])
        .arg(テキスト)
        .arg(データ.path())
}

#[pipeline(name = "内层")]
fn inner(текст: String) -> String {
    let файл = data(текст).データ;
    let обучено = обучить_модель(3, файл);
    let parts = 评估(обучено.модель, vec!["甲".to_owned(), "乙".to_owned()]);
    for 部分 in parts {
        print(部分);
    }
    обучено.标签
}

/// Имена на всех языках.
#[pipeline(name = "Ёлка № 1: 模型 🎄")]
fn names_of_the_world(
    /// Что писать.
    текст: String,
    #[default(2)] 数量: i64,
) {
    let метка = inner(текст);
    #[name("дальше")]
    if 数量 > 1 && метка == "好" {
        #[name("大")]
        for größe in [1.5, 2.5] {
            launch(метка, größe);
        }
    }
    launch(نموذج = format!("{текст} {数量}"), größe = 0.5).set_display_name("Запуск");
}

#[test]
fn are_names_of_argo() {
    check(
        "other_scripts",
        &[
            "in the pipeline 内层: データ writes TEXT, обучить_модель with 3 and it, 评估 with the model and 甲, 乙; for each of its two texts print it",
            "if the number is above 1 and the label is 好: launch with 好 for 1.5 and 2.5; launch with TEXT and the number, 0.5",
        ],
        names_of_the_world::workflow(),
    );
}
