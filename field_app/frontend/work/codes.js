/**
 * The coded values an enumerator meets, with the names people read.
 *
 * They are those of `census/collection/codelists.py`; a test holds the two together.
 */

/** Disposition → its Thai and its English name. */
export const DISPOSITIONS = {
  11: { th: 'แจงนับครบ (สัมภาษณ์)', en: 'Complete, face to face' },
  12: { th: 'แจงนับครบ (กรอกเอง เจ้าหน้าที่มารับ)', en: 'Complete, self-completed and picked up' },
  13: { th: 'แจงนับครบ (ส่งไปรษณีย์)', en: 'Complete, mailed back' },
  14: { th: 'แจงนับครบ (อินเทอร์เน็ต)', en: 'Complete, internet' },
  15: { th: 'แจงนับครบ (โทรศัพท์)', en: 'Complete, telephone' },
  16: { th: 'แจงนับได้บางส่วน เพียงพอ', en: 'Partial, sufficient' },
  17: { th: 'ทราบเฉพาะจำนวนจากผู้อื่น', en: 'Proxy count only' },
  20: { th: 'ครัวเรือนปฏิเสธ', en: 'Refused by the household' },
  21: { th: 'เลิกตอบกลางคัน ข้อมูลไม่เพียงพอ', en: 'Broken off, insufficient' },
  22: { th: 'ผู้ดูแลอาคารไม่ให้เข้า มีผู้อยู่อาศัย', en: 'Access refused, known to be occupied' },
  23: { th: 'ไม่พบผู้อยู่อาศัย', en: 'Not contacted after all attempts' },
  24: { th: 'ไม่อยู่ชั่วคราวตลอดคาบ', en: 'Temporarily absent for the whole period' },
  25: { th: 'รับแบบแล้วไม่ส่งคืน', en: 'Questionnaire left, not returned' },
  26: { th: 'มีปัญหาด้านภาษา', en: 'Language problem' },
  27: { th: 'เจ็บป่วย กักตัว หรือไม่สามารถตอบได้', en: 'Unable to answer, ill or in quarantine' },
  28: { th: 'ไม่ได้ข้อมูลด้วยเหตุอื่น', en: 'Other non-response of an eligible household' },
  30: { th: 'ยังไม่ได้ไปเยี่ยม (พื้นที่ปิด)', en: 'Not attempted (area closed)' },
  31: { th: 'เข้าไม่ถึงหรือไม่ปลอดภัย', en: 'Not reached or unsafe' },
  32: { th: 'หาที่อยู่ไม่พบ', en: 'Address not found' },
  33: { th: 'ไม่ให้เข้า ไม่ทราบว่ามีผู้อยู่อาศัย', en: 'Access refused, occupancy unknown' },
  34: { th: 'ส่งไปรษณีย์แล้วไม่มีการตอบกลับ', en: 'Mailed, nothing returned, no contact' },
  40: { th: 'บ้านว่าง', en: 'Vacant' },
  41: { th: 'บ้านพักตากอากาศ', en: 'Second or holiday home' },
  42: { th: 'บ้านร้าง', en: 'Abandoned' },
  43: { th: 'รื้อถอนแล้ว', en: 'Demolished or merged' },
  44: { th: 'กำลังก่อสร้าง', en: 'Under construction' },
  45: { th: 'ไม่ใช่ที่อยู่อาศัย', en: 'Not a dwelling' },
  46: { th: 'สถาบันหรือครัวเรือนกลุ่มบุคคล (บัญชีแยก)', en: 'Institution, on the collective list' },
  47: { th: 'ซ้ำกับครัวเรือนอื่น', en: 'Duplicate of another listed household' },
  48: { th: 'อยู่นอกเขตแจงนับนี้', en: 'Outside this enumeration area' },
  49: { th: 'ย้ายออกแล้ว บ้านว่าง', en: 'Household moved away, dwelling empty' },
  70: { th: 'นัดหมายแล้ว', en: 'Appointment made' },
  71: { th: 'ฝากแบบไว้แล้ว', en: 'Questionnaire left' },
  72: { th: 'ส่งแบบทางไปรษณีย์แล้ว', en: 'Questionnaire mailed' },
  73: { th: 'ต้องติดต่อกลับ', en: 'To be called back' },
  74: { th: 'พักการสัมภาษณ์', en: 'Interview paused' },
  75: { th: 'รอแก้ไข', en: 'Awaiting correction' },
  76: { th: 'ส่งต่อเจ้าหน้าที่วิชาการ', en: 'Referred to the supervisor' },
};

/** The modes in which a household can answer. */
export const MODES = ['face_to_face', 'drop_off', 'mail', 'internet', 'telephone'];

/** Whether the work on a household goes on after this result. */
export const isInterim = (result) => Number(result) >= 70;

/** Whether the result ends the work on a household. */
export const isFinal = (result) => result != null && !isInterim(result);

/** Whether the result takes the household out of the count, so that somebody has to prove it. */
export const needsEvidence = (result) => Number(result) >= 40 && Number(result) <= 49;
