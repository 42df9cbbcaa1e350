"""The words by which plans promise: bounds, wishes, verbs, measure words, dates, and what is no promise.

General Chinese plan language only: a word stands here because plans of any city use it, never to catch one sentence.
"""

import re

# --- bounds -----------------------------------------------------------------------------------------------------
# Words before a number that bind it, as patterns; the longer first, since 不低于 contains 低于.
BOUNDS_BEFORE = (
    ("le", r"不超过|不高于|不多于|不大于|至多|最多|不突破|≤"),
    ("ge", r"不少于|不低于|不小于|不下于|至少|最少|达到或超过|≥"),
    ("lt", r"低于|少于|小于|<"),
    ("gt", r"突破|超过|高于|多于|大于|超|>"),
    ("approx", r"大约|约为|约|接近|近"),
)
# Words after the unit.
BOUNDS_AFTER = (
    ("ge", r"(?:及其?|或|\()?以上\)?(?:\(含\))?"),
    ("le", r"(?:及|或)?以内|(?:及|或)?以下|之内"),
    ("approx", r"左右|上下"),
)
MORE = {"余": "approx", "多": "approx"}  # 500余件

# --- wishes -----------------------------------------------------------------------------------------------------
WISH = r"力争|争取"
RESOLVE = r"力争|争取|确保|力求|努力|计划|拟|目标|预计|要求"

# --- verbs ------------------------------------------------------------------------------------------------------
TO = r"[到至]"
# The clause says where a number will stand.
REACH = (
    rf"达{TO}?|增{TO}|升{TO}|降{TO}|增长{TO}|增加{TO}|提高{TO}|提升{TO}|上升{TO}|扩大{TO}|下降{TO}|降低{TO}|减少{TO}"
    rf"|缩短{TO}|压缩{TO}|发展{TO}|壮大{TO}|控制在|保持在?|稳定在|维持在|实现"
)
# The clause says what will be done so many times. Those of the second list belong to what is counted (登记, 培训 …)
# and stay in a label; those of the first only bring it about.
MAKING = (
    "建成|建设|建立|新建|共建|筹建|打造|组建|设立|布局|培育|培养|引进|引育|引入|集聚|聚集|吸引|招引|扶持|支持"
    "|帮助|推动|推进|推广|推出|促成|促进|孵化|发展|形成|认定|评定|遴选|选树|选派|征集|发布|申报|创建|获批"
    "|获评|获得|取得|完成|实施|开展|举办|组织|承办|召开|新增|增加|净增|争创|创成|制定|出台|设置|储备|发放"
    "|实现|入选|提供"
)
DOING = (
    "培训|服务|办理|办结|查处|调解|化解|处置|建档|覆盖|认证|通过|导入|登记|注册|转让|许可|转化|授权|申请|惠及"
    "|走访|处理|累计|发行|打击|盘活|达成|运营|交易|成交"
)
NEW = r"新(?:增|设|建成?|开|认定|培育|引进|注册|登记|获批?|入选|发展|签)|净增"
# Growth: of a level over the years, and how the words around the number name it.
GROWTH_YEARLY = (
    r"年均(?:复合)?(?:增长率?|增速|增幅|递增|提高|提升)|平均增[幅速长]|每年(?:递增|增长|提高)|(?<!\d)年增长率?"
    r"|(?<!\d)年增[速幅]|逐年(?:递增|增长)"
)
GROWTH = r"增长率?|增加|增幅|提高|提升|递增|上升|扩大|下降|降低|减少|缩短|压缩|压减|增速"
FALL = r"下降|降低|减少|缩短|压缩|压减"

# --- measure words ----------------------------------------------------------------------------------------------
# Beside the symbols of units.csv. A word here that is no symbol there leaves the unit to be decided by hand.
MEASURE_WORDS = (
    "人次|场次|件次|家次|例次|件|家|个|人|次|项|名|位|所|户|单|部|批次|批|宗|起|条|种|场|支|只|处|例|套|期|门"
    "|份|座|对|笔|款|类|册|篇|台|间|片|站|幅|枚|亩|平方米|户次|区域|课时"
)
MONEY = r"(?:美元|欧元|元)"
SHARES = r"个百分点|百分点|%|‰|倍|成"
SCORES = r"分(?![之别钟子公级为类享配布析解工散局会院支行中店园])"
DURATIONS = r"个?工作日|个月|天|日|小时|个小时"
# --- dates ------------------------------------------------------------------------------------------------------
FIVE_YEARS = {"十一五": 2010, "十二五": 2015, "十三五": 2020, "十四五": 2025, "十五五": 2030, "十六五": 2035}
YEAR = r"((?:19|20)\d\d)年?"
DATE_WORDS = r"(?:19|20)\d\d年|每年"
EVERY_YEAR = r"每年度?|逐年|每一年"
# --- what is no promise -------------------------------------------------------------------------------------------
PAST = (
    r"已(?!注册|登记|授权|公布)|目前|(?<!依托)(?<!利用)(?<!整合)(?<!盘活)现有|截至|截止|去年|上年|同比|环比"
    r"|以来|[过近][去]?[一二两三四五几]年|历年|原有|此前|经过多年|先后|共有|荣获"
    r"|连续[一二两三四五六七八九十\d]+年(?!以?内)"
)
STATUS_HEADINGS = (
    r"发展基础|发展现状|工作基础|现实基础|现状|回顾|主要成效|工作成效|成就|存在问题|面临|发展环境|形势|背景"
)
SUBSIDY = (
    r"给予|予以(?:奖励|补助|补贴|资助)|奖励|补助|补贴|资助|奖补|奖金|一次性|配套资金|专项资金|经费|拨付"
    r"|费用减免|减免|贴息|额度|单个|单项|单户|罚款|注册资本|年收入|营业收入的"
)
CONDITION = r"(?:符合|具备|满足).{0,12}条件|对.{0,40}的(?:企业|单位|机构|个人|项目)?[,，]|条件[:：]"
RANK = r"前[一二三四五六七八九十\d]+[名位强]?|第[一二三四五六七八九十\d]+"
# --- scope words that stand before a label and do not belong to it ------------------------------------------------
SCOPE = (
    r"辖区内?|域内|全市|我市|本市|全省|我省|全区|我区|全县|本区|市内|区内|全社会|其中|同时|并|且|使得?|把|将"
    r"|要|让|确保|力争|争取|力求|努力|实现|计划|预计|拟|累计|总计|共计|合计|分别|均|各自|年内|届时|总体|基本"
    r"|以及|及|和|与|或|至|引导|鼓励|指导|带动|促使|年均"
)


def any_of(pairs: tuple[tuple[str, str], ...]) -> str:
    """Return one pattern for all the words of a list of bounds."""
    return "|".join(words for _, words in pairs)


def bound_of(word: str, pairs: tuple[tuple[str, str], ...]) -> str | None:
    """Return the bound that a word sets.

    >>> bound_of("不低于", BOUNDS_BEFORE), bound_of("以内", BOUNDS_AFTER), bound_of("达到", BOUNDS_BEFORE)
    ('ge', 'le', None)
    """
    return next((bound for bound, words in pairs if re.fullmatch(words, word)), None)
