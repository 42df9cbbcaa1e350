"""What the functions of agencies are called in English and Chinese; their ids stand in `data/datapackage.json`."""

from ..language import say

FUNCTIONS = {
    "agriculture": ("Agriculture", "农业农村"),
    "arbitration": ("Arbitration", "仲裁"),
    "banking-regulation": ("Banking regulation", "银行保险监管"),
    "brics-office": ("BRICS office", "金砖事务"),
    "business-association": ("Business federation", "工商联"),
    "central-bank": ("Central bank", "人民银行"),
    "commerce": ("Commerce", "商务"),
    "coordination-group": ("Coordination group", "议事协调机构"),
    "courts": ("Courts", "法院"),
    "culture-tourism": ("Culture and tourism", "文化旅游"),
    "customs": ("Customs", "海关"),
    "development-reform": ("Development and reform", "发展改革"),
    "development-zone": ("Development zones", "开发区与园区"),
    "district-government": ("District governments", "区政府"),
    "ecology-environment": ("Ecology and environment", "生态环境"),
    "education": ("Education", "教育"),
    "finance": ("Public finance", "财政"),
    "financial-regulation": ("Financial regulation", "地方金融监管"),
    "foreign-affairs": ("Foreign affairs", "外事"),
    "forestry-gardens": ("Forestry and gardens", "林业园林"),
    "health": ("Health", "卫生健康"),
    "human-resources": ("Human resources", "人力资源"),
    "industry-information": ("Industry and information", "工业和信息化"),
    "internet-information": ("Cyberspace affairs", "网信"),
    "justice": ("Justice administration", "司法行政"),
    "law-enforcement": ("Comprehensive enforcement", "综合行政执法"),
    "market-regulation": ("Market regulation", "市场监管"),
    "municipal-departments": ("Departments, unnamed", "有关部门（统称）"),
    "organisation-department": ("Organisation department", "组织部门"),
    "police": ("Police", "公安"),
    "political-legal": ("Political and legal affairs", "政法委"),
    "procuratorate": ("Procuratorate", "检察院"),
    "publicity": ("Publicity", "宣传"),
    "science-association": ("Science association", "科协"),
    "science-technology": ("Science and technology", "科技"),
    "staffing-commission": ("Staffing commission", "机构编制"),
    "state-assets": ("State assets", "国有资产监管"),
    "statistics": ("Statistics", "统计"),
    "taiwan-affairs": ("Taiwan affairs", "台港澳事务"),
    "tax": ("Tax", "税务"),
    "trade-promotion": ("Trade promotion", "贸促会"),
    "united-front": ("United front", "统战"),
}


def function_name(function: str, lang: str) -> str:
    """Return what a function of agencies is called in a language.

    >>> function_name("courts", "en"), function_name("courts", "zh")
    ('Courts', '法院')
    """
    return say(lang, *FUNCTIONS[function])
