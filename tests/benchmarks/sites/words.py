"""Japanese text of a science podcast, put together by chance: the same for the same dice."""

import random

TOPICS = [
    "超伝導", "量子計算", "磁性体", "結晶構造", "機械学習", "スピン波", "中性子", "放射光", "電子顕微鏡", "核融合",
    "宇宙線", "銀河", "系外惑星", "地震波", "海洋循環", "触媒", "高分子", "タンパク質", "進化", "統計力学", "乱流",
    "光格子", "重力波", "素粒子", "数値計算", "材料探索", "半導体", "熱電変換", "電池", "準結晶", "トポロジー", "液晶",
    "科学史", "査読", "学会", "研究室", "博士課程", "サイエンスコミュニケーション", "X線回折", "コンピューター",
]  # fmt: skip
_SUBJECTS = [
    "この論文", "最近の実験", "先週のニュース", "今回のゲスト", "この模型", "観測の結果", "新しい装置",
    "学生のころの話",
]  # fmt: skip
_OBJECTS = ["温度", "磁場", "圧力", "誤差", "理論", "データ", "図の読み方", "名前の由来", "測定の工夫", "予算の話"]
_ENDINGS = [
    "について説明しています。", "を話しました。", "が面白いと思いました。", "の続きは次回に話します。",
    "を調べました。",
    "には反論もあるそうです。", "を初めて聞いた人のために整理しました。",
    "は思ったより難しいことが分かりました。",
]  # fmt: skip
_SOURCES = ["論文", "解説", "プレスリリース", "Wikipedia", "講演の動画", "ブログの記事", "PDF", "本の紹介", "ニュース"]


def heading(dice: random.Random) -> str:
    return f"{dice.choice(TOPICS)}と{dice.choice(_OBJECTS)}"


def sentence(dice: random.Random) -> str:
    subject, thing = dice.choice(_SUBJECTS), dice.choice(TOPICS)
    return f"{subject}では、{thing}の{dice.choice(_OBJECTS)}{dice.choice(_ENDINGS)}"


def link_text(dice: random.Random) -> str:
    return (
        f"{dice.choice(TOPICS)}の{dice.choice(_OBJECTS)}に関する{dice.choice(_SOURCES)} ({dice.randrange(1990, 2026)})"
    )


def title(dice: random.Random) -> str:
    return f"{dice.choice(TOPICS)}と{dice.choice(TOPICS)}の{dice.choice(_OBJECTS)}"
