"""What each route of the JSON face does, in Thai; the English stands beside the routes."""

from __future__ import annotations

THAI: dict[str, str] = {
    "POST /api/v1/tokens": "แลกชื่อผู้ใช้และรหัสผ่านเป็นโทเคนอายุ 24 ชั่วโมง",
    "DELETE /api/v1/tokens/current": "ยกเลิกโทเคนที่ใช้อยู่",
    "POST /api/v1/users": "สร้างบัญชีผู้ใช้ จังหวัดรับผู้ควบคุมงานและพนักงานแจงนับในพื้นที่ของตน",
    "POST /api/v1/frame/versions": "ตรึงบัญชีครัวเรือน ณ ขณะนี้ให้เป็นตัวหารของทุกอัตราต่อไป",
    "POST /api/v1/leases": "มอบเขตแจงนับให้พนักงานแจงนับ ผู้ที่ถืออยู่เดิมพ้นความรับผิดชอบ",
    "GET /api/v1/field-periods": "การปรับคาบการปฏิบัติงานสนามทุกครั้ง เรียงจากครั้งแรก",
    "POST /api/v1/field-periods": "เพิ่มการปรับคาบการปฏิบัติงานสนาม ครั้งก่อนหน้าคงเดิม",
    "POST /api/v1/submissions": "ส่งแบบที่กรอกแล้ว ตอบกลับหลังจากบันทึกทุกรายการเรียบร้อยแล้วเท่านั้น",
    "GET /api/v1/submissions/{instance_id}": "อ่านแบบหนึ่งฉบับตามที่ได้รับ การอ่านถูกบันทึกเป็นเหตุการณ์",
    "POST /api/v1/submissions/{instance_id}/attachments": (
        "แนบไฟล์กับแบบ ส่งไฟล์เดิมซ้ำได้ ไฟล์ชื่อเดิมที่เนื้อหาต่างจะเก็บไว้ทั้งสองและแจ้งให้ทราบ"
    ),
    "POST /api/v1/field-actions/{action_id}/attachments": (
        "แนบไฟล์กับรายการจากสนาม เช่น ภาพถ่ายที่ยืนยันว่าเป็นบ้านว่าง"
    ),
    "GET /api/v1/submissions/{instance_id}/attachments": "รายชื่อไฟล์ที่แนบมากับแบบ โดยไม่เปิดไฟล์",
    "GET /api/v1/submissions/{instance_id}/attachments/{name}": (
        "อ่านไฟล์แนบหนึ่งไฟล์ ภาพถ่ายเป็นภาพที่ระบบสร้างใหม่ การอ่านถูกบันทึกเป็นเหตุการณ์"
    ),
    "GET /api/v1/submissions/{instance_id}/paradata": (
        "เวลาที่ใช้และจำนวนครั้งของแต่ละหน้าจอ จากบันทึกการสัมภาษณ์"
    ),
    "GET /api/v1/quarantine": "แบบในพื้นที่ของผู้เรียกที่รอเจ้าหน้าที่ตรวจ เรียงตามลำดับที่ได้รับ",
    "GET /api/v1/quarantine/{instance_id}/raw": "ข้อมูลของแบบตามที่ได้รับทุกไบต์ การอ่านถูกบันทึกไว้",
    "POST /api/v1/quarantine/{instance_id}/replay": "ลองนำแบบหรือรายการสนามเข้าใหม่หลังแก้ไขแล้ว",
    "POST /api/v1/quarantine/replay": "ลองนำหลายรายการเข้าใหม่ ตามเหตุผลและพื้นที่",
    "POST /api/v1/quarantine/{instance_id}/assign": (
        "ระบุครัวเรือนของแบบที่ถูกกักไว้พร้อมเหตุผล แล้วลองนำเข้าใหม่"
    ),
    "GET /api/v1/field-actions/{action_id}/content": (
        "อ่านรายการสนามตามที่ได้รับ การอ่านถูกบันทึกเป็นเหตุการณ์"
    ),
    "POST /api/v1/field-actions/{action_id}/assign": (
        "รับรองรายการสนามที่ถูกกักไว้พร้อมเหตุผล ระบุครัวเรือนได้ แล้วลองนำเข้าใหม่"
    ),
    "POST /api/v1/field-actions/{action_id}/set-aside": (
        "นำรายการสนามออกจากการกักกันอย่างถาวรพร้อมเหตุผล ข้อมูลเดิมยังคงเก็บไว้"
    ),
    "POST /api/v1/submissions/{instance_id}/set-aside": (
        "นำแบบออกจากการกักกันอย่างถาวรพร้อมเหตุผล ข้อมูลเดิมยังคงเก็บไว้"
    ),
    "GET /api/v1/households": "ครัวเรือนในพื้นที่หนึ่ง ทีละหน้า เรียงตามรหัส",
    "GET /api/v1/households/{household_id}": "ครัวเรือนหนึ่ง สถานะ และทุกอย่างที่ส่งเข้ามา",
    "GET /api/v1/households/{household_id}/differences": (
        "ข้อที่ตอบต่างกันระหว่างแบบสองฉบับของครัวเรือน การอ่านถูกบันทึกเป็นเหตุการณ์"
    ),
    "POST /api/v1/households/{household_id}/choice": "เลือกฉบับที่ให้นับแทนกฎ พร้อมเหตุผล",
    "POST /api/v1/households/{household_id}/choice/withdraw": "ถอนการเลือก ให้กฎตัดสินตามเดิม",
    "POST /api/v1/households/{household_id}/void": "ยกเลิกแบบที่เริ่มโดยผิดพลาด ข้อมูลเดิมยังคงเก็บไว้",
    "POST /api/v1/field-actions": ("ส่งการปฏิบัติงานสนามตามลำดับ รายการที่ผิดไม่ทำให้รายการอื่นถูกปฏิเสธ"),
    "GET /api/v1/questionnaires/{questionnaire_id}/{version}": "XForm ของแบบสอบถามฉบับที่ประกาศใช้",
    "GET /api/v1/questionnaires/{questionnaire_id}/{version}.xlsx": (
        "สมุดงาน XLSForm ของแบบสอบถามฉบับที่ประกาศใช้"
    ),
    "GET /api/v1/users/{user_id}/openrosa-tokens": "โทเคนของพนักงานแจงนับที่ใช้ได้ขณะนี้ โดยไม่แสดงรหัสลับ",
    "POST /api/v1/users/{user_id}/openrosa-tokens": (
        "ออกโทเคน ODK Collect แก่พนักงานแจงนับ แสดงรหัสครั้งเดียว ทั้งเป็นที่อยู่และเป็นข้อความของ QR code"
    ),
    "DELETE /api/v1/users/{user_id}/openrosa-tokens/{token_id}": (
        "ยกเลิกโทเคนทันที สิ่งที่เครื่องยังส่งเข้ามาจะถูกเก็บและกักกันไว้"
    ),
    "POST /api/v1/devices": (
        "ลงทะเบียนแท็บเล็ตของพนักงานแจงนับซึ่งเข้าสู่ระบบด้วยรหัสผ่าน แสดงโทเคนของเครื่องครั้งเดียว"
    ),
    "GET /api/v1/devices/current": "แท็บเล็ตเครื่องนี้เป็นของใคร และกุญแจสำหรับผนึกข้อมูลให้สำนักงาน",
    "GET /api/v1/workload": "พื้นที่ที่มอบหมายแก่พนักงานแจงนับ พร้อมครัวเรือนและงานที่ต้องทำ",
    "GET /api/v1/workload/corrections/{household_id}": (
        "คำตอบเดิมที่พนักงานแจงนับส่งเองของครัวเรือนที่ถูกส่งคืน การอ่านถูกบันทึกเป็นเหตุการณ์"
    ),
    "GET /api/v1/batches": "เขตแจงนับที่ผู้เรียกตรวจทาน ทีละหน้า เรียงตามรหัส",
    "GET /api/v1/batches/{ea_code}": "ชุดงานหนึ่งเขตแจงนับ ใช้ ETag เป็น If-Match เมื่อตัดสิน",
    "POST /api/v1/batches/{ea_code}/approve": (
        "อนุมัติครัวเรือนที่ระบุ หรือทุกครัวเรือนที่ส่งแล้วและไม่มีข้อผิดพลาดร้ายแรง"
    ),
    "POST /api/v1/batches/{ea_code}/return": "ส่งครัวเรือนกลับไปแก้ไข พร้อมเหตุผลและข้อที่ต้องแก้",
    "POST /api/v1/batches/{ea_code}/close": "ปิดเขตแจงนับที่อนุมัติครบและไม่มีรายการกักกัน",
    "POST /api/v1/batches/{ea_code}/reopen": "เปิดเขตแจงนับที่ปิดแล้วอีกครั้ง พร้อมเหตุผล",
    "GET /api/v1/progress": "ความก้าวหน้าของพื้นที่และพื้นที่ย่อย",
    "GET /api/v1/progress/kpi": "สถานะของตัวชี้วัด ซึ่งตัดสินจากผลรวมทั้งหมด",
    "POST /api/v1/progress/kpi/conditions": "ระบุพร้อมหลักฐานว่าเงื่อนไขของตัวชี้วัดเป็นจริงหรือไม่",
    "GET /api/v1/progress/series": "รายวัน ตั้งแต่วันแรกของคาบการปฏิบัติงานสนาม",
    "GET /api/v1/progress/rates": "ผลการเยี่ยมครัวเรือน และอัตราต่าง ๆ ตามนิยามมาตรฐานของ AAPOR",
    "GET /api/v1/events": "อ่านเหตุการณ์ถัดจากหมายเลขหนึ่ง ตามลำดับที่บันทึก",
    "GET /api/v1/openapi.json": "คำอธิบายของทุกที่อยู่ ข้อมูลเข้า และคำตอบ",
    "GET /api/v1/docs": "คำอธิบายเดียวกันเป็นหน้าสำหรับอ่าน",
}
