import CaseModel

/// Puts the elements of one part of a report into the schema's order and notes what is missing.
struct GoAMLAssembly {
  let profile: GoAMLProfile

  /// The elements of each part in the strict order of goAML 4 and 5 (formats.md §5.3). National schemas
  /// leave elements out; none has another order.
  private static let orders: [GoAMLProfile.Part: [String]] = [
    .report: words(
      """
      schema_version rentity_id rentity_branch submission_code report_code entity_reference \
      fiu_ref_number prev_rejected_ref_number submission_date report_date currency_code_local \
      reporting_person reporting_user_code location reason action transaction report_indicators \
      additional_information
      """),
    .transaction: words(
      """
      transactionnumber transaction_is_suspicious internal_ref_number agent_name transaction_location \
      transaction_address transaction_description date_transaction teller authorized late_deposit \
      date_posting value_date transaction_type_code transmode_code transmode_comment amount_local \
      transaction_status t_from_my_client t_from t_to_my_client t_to goods_services \
      means_of_transport comments
      """),
    .from: words(
      """
      from_funds_code from_funds_comment from_transaction_additional_info from_foreign_currency \
      conductor_is_suspected t_conductor from_is_suspected from_account from_person from_entity \
      from_country
      """),
    .to: words(
      """
      to_funds_code to_funds_comment to_transaction_additional_info to_foreign_currency \
      to_is_suspected to_account to_person to_entity to_country
      """),
    .account: words(
      """
      institution_name institution_code swift institution_country non_bank_institution \
      collection_account branch account_category account currency_code account_funds account_name \
      iban client_number personal_account_type account_type t_entity related_entities signatory \
      related_persons related_accounts opened closed balance date_balance status_code status_date \
      beneficiary beneficiary_comment network_devices sanctions additional_information comments
      """),
    .person: words(
      """
      gender title first_name middle_name prefix last_name birthdate birth_place country_of_birth \
      mothers_name alias full_name_frn previous_names ssn passport_number passport_country id_number \
      nationality1 nationality2 nationality3 residence residence_since phones addresses \
      network_devices email emails social_media occupation employer_name employer_address_id \
      employer_phone_id employment_history identification identifications deceased date_deceased \
      tax_number tax_reg_number source_of_wealth peps is_protected sanctions related_persons \
      re_relationship additional_information comments
      """),
    .entity: words(
      """
      name commercial_name incorporation_legal_form incorporation_number business entity_status \
      entity_status_date phones addresses network_devices email emails url urls incorporation_state \
      incorporation_country_code director_id related_persons related_entities incorporation_date \
      business_closed date_business_closed tax_number tax_reg_number entity_identifications \
      re_relationship sanctions additional_information comments
      """),
  ]

  private static func words(_ text: String) -> [String] {
    text.split(separator: " ").map(String.init)
  }

  /// What the records say, what the profile says where they say nothing, in order.
  /// - Parameters:
  ///   - path: where the part stands, for the messages.
  ///   - missing: elements that the profile demands and nothing gives, as `path/element`.
  func elements(
    _ part: GoAMLProfile.Part, _ stated: [XMLNode], at path: String, missing: inout [String]
  ) -> [XMLNode] {
    let known = Set(stated.map(\.name))
    let omitted = profile.omit[part] ?? []
    let constants = (profile.constants[part] ?? []).filter { !known.contains($0.name) }
    let order = Self.orders[part] ?? []
    let rank = Dictionary(
      order.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
    let all = (stated + constants).filter { !omitted.contains($0.name) }
      .enumerated()
      .sorted { a, b in
        let (first, second) = (
          rank[a.element.name] ?? order.count, rank[b.element.name] ?? order.count
        )
        return first == second ? a.offset < b.offset : first < second
      }
      .map(\.element)
    let given = Set(
      all.filter { $0.text?.isEmpty != true }.map(\.name))
    for name in profile.mandatory[part] ?? [] where !given.contains(name) {
      missing.append(path.isEmpty ? name : path + "/" + name)
    }
    return all
  }
}
