"""Chinese words for the choices of enumerated facts and for a day, one place for forms, sentences and imports."""

from datetime import date

CHOICES: dict[str, dict[object, str]] = {
    "holds": {
        "innovative": "创新型中小企业", "specialised": "专精特新中小企业", "little_giant": "专精特新“小巨人”企业",
        "champion": "制造业单项冠军企业", "tech_sme": "科技型中小企业",
    },
    "size_sector": {
        "agriculture": "农、林、牧、渔业", "industry": "工业", "construction": "建筑业", "wholesale": "批发业",
        "retail": "零售业", "transport": "交通运输业", "storage": "仓储业", "post": "邮政业", "lodging": "住宿业",
        "catering": "餐饮业", "information_transmission": "信息传输业", "software": "软件和信息技术服务业",
        "real_estate": "房地产开发经营", "property_management": "物业管理", "leasing_business": "租赁和商务服务业",
        "other": "其他未列明行业",
    },
    "key_field": {
        "fills_gap": "补短板、锻长板、填空白取得实际成效", "six_bases_or_supplier": "工业六基、中华老字号或龙头配套",
        "none": "不属于",
    },
    "digital_level": {0: "未达一级", 1: "一级", 2: "二级", 3: "三级", 4: "四级"},
    "quality": {
        "provincial_quality_award": "省级以上质量奖", "quality_system_certificate": "质量管理体系认证",
        "own_brand": "拥有自主品牌", "standards": "参与制修订标准",
    },
    "market_position": {"front": "较为靠前", "not_front": "不靠前"},
    "rd_institution_level": {
        "national": "国家级", "provincial": "省级", "city": "市级", "below_city": "市级以下", "none": "未建",
    },
    "kind": {
        "invention": "发明专利", "defence_invention": "国防专利", "plant_variety": "植物新品种",
        "crop_variety": "国家级农作物品种", "new_drug": "国家新药", "tcm_protected_1": "国家一级中药保护品种",
        "ic_layout": "集成电路布图设计专有权", "utility_model": "实用新型专利", "design": "外观设计专利",
        "software_copyright": "软件著作权", "trademark": "商标",
    },
    "acquired": {"self": "原始取得", "transferred": "受让取得"},
    "high_value": {
        "overseas_family": "有海外同族专利", "overseas_income": "在海外取得收入", "large_pledge": "实现较高质押融资",
        "national_award": "获国家科学技术奖或中国专利奖",
    },
    "level": {"national": "国家级", "provincial": "省级"},
    "listing": {"top500": "全国500强", "top50": "全国50强"},
    "name": {
        "high_tech_enterprise": "高新技术企业", "national_innovation_demo": "国家级技术创新示范企业",
        "ip_advantage": "知识产权优势企业", "ip_demo": "知识产权示范企业",
    },
}  # fmt: skip


def cn(day: date) -> str:
    """2026年4月1日; of a moment, the day it has in its own zone."""
    return f"{day.year}年{day.month}月{day.day}日"
