"""Units that S0, S1, S2 and S4 and public reports name: kind, name, short name, parent, aliases."""

from __future__ import annotations

from typing import NamedTuple


class SampleUnit(NamedTuple):
    name: str
    short_name: str = ""
    parent: str = ""
    aliases: tuple[str, ...] = ()
    is_outside: bool = False


#: The eleven prefectures in their official order.
PREFECTURES = [
    SampleUnit(f"{name}市", name)
    for name in ("南昌", "九江", "景德镇", "萍乡", "新余", "鹰潭", "赣州", "宜春", "上饶", "吉安", "抚州")
]

#: Alliance universities known by name; the office enters the others of the twelve (S0).
UNIVERSITIES = [
    SampleUnit("江西师范大学", "江西师大"),
    SampleUnit("江西科技师范大学", "科技师大"),
    SampleUnit("井冈山大学", "井大"),
    SampleUnit("上饶师范学院", "上饶师院"),
    SampleUnit("宜春学院"),
    SampleUnit("九江学院"),
    SampleUnit("南昌师范学院", "南昌师院"),
    SampleUnit("豫章师范学院", "豫章师院"),
]

COUNTIES = [
    SampleUnit("南昌高新区", "高新区", "南昌市", ("南昌市高新区", "南昌高新技术产业开发区")),
    SampleUnit("红谷滩区", "红谷滩", "南昌市", ("南昌市红谷滩区",)),
    SampleUnit("安义县", "安义", "南昌市", ("安义县教体局",)),
    SampleUnit("湾里管理局", "湾里", "南昌市", ("湾里管理局教体办",)),
    SampleUnit("湖口县", "湖口", "九江市", ("湖口县教体局",)),
    SampleUnit("瑞昌市", "瑞昌", "九江市", ("瑞昌市教育局",)),
    SampleUnit("湘东区", "湘东", "萍乡市", ("萍乡市湘东区",)),
    SampleUnit("靖安县", "靖安", "宜春市"),
    SampleUnit("上高县", "上高", "宜春市", ("上高县教体局", "上高县教育体育局")),
    SampleUnit("横峰县", "横峰", "上饶市"),
    SampleUnit("万年县", "万年", "上饶市"),
    SampleUnit("青原区", "青原", "吉安市", ("吉安市青原区",)),
    SampleUnit("吉安县", "", "吉安市"),
    SampleUnit("南城县", "南城", "抚州市"),
    SampleUnit("南丰县", "南丰", "抚州市"),
]

SCHOOLS = [
    SampleUnit("安义中学", "", "安义县"),
    SampleUnit("龙津中学", "", "安义县"),
    SampleUnit("安义县第三小学", "安义三小", "安义县"),
    SampleUnit("安义县幼儿园", "", "安义县"),
    SampleUnit("红谷滩区云溪幼儿园", "云溪幼儿园", "红谷滩区"),
    SampleUnit("红谷滩区云溪学校", "云溪学校", "红谷滩区"),
    SampleUnit("红谷滩区第二小学", "红谷滩二小", "红谷滩区"),
    SampleUnit("红谷滩区红岭学校", "红岭学校", "红谷滩区"),
    SampleUnit("红谷滩区实验学校", "", "红谷滩区"),
    SampleUnit("靖安中学", "", "靖安县"),
    SampleUnit("靖安县第三中学", "靖安三中", "靖安县"),
    SampleUnit("靖安县第一小学", "靖安一小", "靖安县"),
    SampleUnit("靖安县清华幼儿园", "清华幼儿园", "靖安县"),
    SampleUnit("上高中学", "", "上高县"),
    SampleUnit("瑞昌市第二中学", "瑞昌二中", "瑞昌市"),
    SampleUnit("青原区幼儿园教育集团", "", "青原区"),
    SampleUnit("井冈山大学附属中学", "井大附中", "井冈山大学"),
    SampleUnit("重庆两江新区重光小学校", "重光小学校", "重庆两江新区教育局", (), True),
    SampleUnit("重庆两江新区童心小学教育集团", "童心小学教育集团", "重庆两江新区教育局", (), True),
]

PARTNERS = [
    SampleUnit("科大讯飞有限公司", "科大讯飞"),
    SampleUnit("江西基础教育研究中心", "基教研究中心"),
    SampleUnit("江西省教育技术与装备发展中心", "省教育装备中心", "", ("省教育技术与装备发展中心",)),
    SampleUnit("重庆两江新区教育局", "两江新区", is_outside=True),
    SampleUnit("四川天府新区教育和卫生健康局", "天府新区", "", ("天府新区社事局",), is_outside=True),
]

#: University and county or partner, from public reports (DOMAIN.md).
PAIRS = [
    ("江西师范大学", "南昌高新区"),
    ("江西师范大学", "横峰县"),
    ("江西师范大学", "万年县"),
    ("井冈山大学", "青原区"),
    ("豫章师范学院", "安义县"),
    ("豫章师范学院", "红谷滩区"),
    ("江西科技师范大学", "红谷滩区"),
    ("宜春学院", "靖安县"),
    ("宜春学院", "上高县"),
    ("九江学院", "湖口县"),
    ("九江学院", "瑞昌市"),
    ("南昌师范学院", "南城县"),
    ("南昌师范学院", "南丰县"),
]
