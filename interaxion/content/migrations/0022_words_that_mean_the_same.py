"""The table of words that mean the same for a search, with a first set; editors change it, hosts see it."""

from django.db import migrations, models

import interaxion.content.fields

FIRST = [
    ["超伝導", "超電導", "superconductivity", "superconductor"],
    ["暗黒物質", "ダークマター", "dark matter"],
    ["暗黒エネルギー", "ダークエネルギー", "dark energy"],
    ["アクシオン", "アキシオン", "axion"],
    ["ミュオン", "ミュー粒子", "μ粒子", "muon"],
    ["ニュートリノ", "中性微子", "neutrino"],
    ["素粒子", "elementary particle"],
    ["量子コンピュータ", "量子計算機", "quantum computer"],
    ["量子もつれ", "量子エンタングルメント", "エンタングルメント", "entanglement"],
    ["機械学習", "マシンラーニング", "machine learning"],
    ["深層学習", "ディープラーニング", "deep learning"],
    ["人工知能", "AI", "artificial intelligence"],
    ["大規模言語モデル", "LLM", "large language model"],
    ["第一原理計算", "ab initio", "first-principles"],
    ["密度汎関数理論", "DFT", "density functional theory"],
    ["分子動力学", "molecular dynamics"],
    ["磁石", "マグネット", "magnet"],
    ["半導体", "semiconductor"],
    ["加速器", "accelerator"],
    ["重力波", "gravitational wave"],
    ["ブラックホール", "black hole"],
    ["ノーベル賞", "Nobel Prize"],
    ["イグノーベル賞", "Ig Nobel Prize"],
    ["宇宙論", "cosmology"],
    ["走査型トンネル顕微鏡", "STM"],
    ["角度分解光電子分光", "ARPES"],
    ["シミュレーション", "シュミレーション", "simulation"],
    ["ポッドキャスト", "podcast"],
    ["α", "アルファ"],
    ["β", "ベータ"],
    ["γ", "ガンマ"],
    ["Λ", "ラムダ"],
    ["Ξ", "グザイ", "クシー"],
    ["Σ", "シグマ"],
    ["Ω", "オメガ"],
]


def write_first_words(apps, schema_editor):
    synonyms = apps.get_model("content", "Synonyms")
    if not synonyms.objects.exists():
        synonyms.objects.bulk_create(synonyms(words=words) for words in FIRST)


class Migration(migrations.Migration):
    dependencies = [("content", "0021_what_the_desk_reads")]

    operations = [
        migrations.CreateModel(
            name="Synonyms",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "words",
                    interaxion.content.fields.LinesField(
                        blank=True,
                        default=list,
                        help_text="One on each line: who searches for one of them finds the others, too. Ten at most.",
                        verbose_name="words",
                    ),
                ),
            ],
            options={
                "verbose_name": "words that mean the same",
                "verbose_name_plural": "words that mean the same",
                "ordering": ["pk"],
            },
        ),
        migrations.RunPython(write_first_words, migrations.RunPython.noop),
    ]
