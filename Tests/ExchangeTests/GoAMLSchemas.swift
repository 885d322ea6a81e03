import Foundation
import TestSupport

@testable import Exchange

/// Profiles of invented units, and schemas: a small one of our own, and the published ones where they lie
/// beside the checkout.
enum GoAMLSchemas {
  /// A cut-down goAML: the elements that our profile below uses, in the strict order.
  static let own = GivenFile(name: "made-up.xsd", bytes: Array(ownText.utf8))

  static func shared(_ name: String) throws -> GivenFile? {
    guard let url = SharedMaterial.url("fixtures/goaml/\(name)") else { return nil }
    return GivenFile(name: name, bytes: [UInt8](try Data(contentsOf: url)))
  }

  static func profile(_ text: String, name: String = "unit.yaml") -> GivenFile {
    GivenFile(name: name, bytes: Array(text.utf8))
  }

  static let ownProfile = """
    goaml-profile: 1
    name: made-up-unit
    local-currency: EUR
    country: ZZ
    rate-days: 40
    constants:
      report: { rentity_id: 7, entity_reference: "ref {matter}", submission_date: "{as-of}" }
      transaction: { transaction_location: "not stated" }
      entity: { name: not stated }
      person: { first_name: "-" }
    codes:
      transmode: { cash_deposit: BRCH, default: ELCFT }
      funds: { default: ELCFT }
    mandatory: { transaction: [transaction_location] }
    indicators: [MADEUP]
    """

  /// For the schema of a published 5.0.2 (United Arab Emirates).
  static let profile5 = """
    goaml-profile: 1
    name: five
    local-currency: AED
    country: GB
    rate-days: 366
    constants:
      report:
        rentity_id: 101
        submission_code: E
        report_code: STR
        reason: made-up
        location: { address_type: BU, address: 1 Invented Street, city: Dubai, country_code: AE, state: Dubai }
      transaction: { transaction_location: not stated, transmode_comment: "-" }
      account: { institution_code: not stated }
      entity: { name: not stated }
      person: { first_name: "-" }
    codes:
      transmode: { default: ELCFT }
      funds: { default: ELCFT }
    characters: { name: "A-Za-z0-9 .'-", account_name: "A-Za-z0-9 .'-" }
    indicators: [STRUC]
    """

  /// For the schema of an older national version (Sri Lanka).
  static let profile2 = """
    goaml-profile: 1
    name: two
    local-currency: LKR
    country: GB
    rate-days: 366
    constants:
      report: { rentity_id: 101, submission_code: E, report_code: STR, reason: made-up }
      account: { institution_name: not stated, swift: INVEGB22XXX }
      entity: { name: not stated }
    omit: { account: [signatory] }
    characters: { name: "A-Za-z0-9 .'-", account: "A-Za-z0-9-" }
    codes:
      transmode: { default: NA }
      funds: { default: ELEC }
    indicators: [OTH]
    """

  private static let ownText = """
    <?xml version="1.0" encoding="UTF-8"?>
    <xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema">
      <xs:element name="report"><xs:complexType><xs:sequence>
        <xs:element name="rentity_id" type="xs:int"/>
        <xs:element name="entity_reference" type="xs:string"/>
        <xs:element name="submission_date" type="xs:dateTime"/>
        <xs:element name="currency_code_local" type="xs:string"/>
        <xs:element name="transaction" maxOccurs="unbounded"><xs:complexType><xs:sequence>
          <xs:element name="transactionnumber"><xs:simpleType><xs:restriction base="xs:string">
            <xs:maxLength value="50"/></xs:restriction></xs:simpleType></xs:element>
          <xs:element name="transaction_location" type="xs:string"/>
          <xs:element name="transaction_description"><xs:simpleType><xs:restriction base="xs:string">
            <xs:maxLength value="100"/></xs:restriction></xs:simpleType></xs:element>
          <xs:element name="date_transaction" type="xs:dateTime"/>
          <xs:element name="value_date" type="xs:dateTime" minOccurs="0"/>
          <xs:element name="transmode_code" type="xs:string"/>
          <xs:element name="amount_local" type="xs:decimal"/>
          <xs:element name="t_from"><xs:complexType><xs:sequence>
            <xs:element name="from_funds_code" type="xs:string"/>
            <xs:element name="from_foreign_currency" type="foreign" minOccurs="0"/>
            <xs:choice>
              <xs:element name="from_account" type="account"/>
              <xs:element name="from_entity" type="entity"/>
            </xs:choice>
            <xs:element name="from_country" type="xs:string"/>
          </xs:sequence></xs:complexType></xs:element>
          <xs:element name="t_to"><xs:complexType><xs:sequence>
            <xs:element name="to_funds_code" type="xs:string"/>
            <xs:element name="to_foreign_currency" type="foreign" minOccurs="0"/>
            <xs:choice>
              <xs:element name="to_account" type="account"/>
              <xs:element name="to_entity" type="entity"/>
            </xs:choice>
            <xs:element name="to_country" type="xs:string"/>
          </xs:sequence></xs:complexType></xs:element>
          <xs:element name="comments" type="xs:string" minOccurs="0"/>
        </xs:sequence></xs:complexType></xs:element>
        <xs:element name="report_indicators"><xs:complexType><xs:sequence>
          <xs:element name="indicator" type="xs:string" maxOccurs="unbounded"/>
        </xs:sequence></xs:complexType></xs:element>
      </xs:sequence></xs:complexType></xs:element>
      <xs:complexType name="foreign"><xs:sequence>
        <xs:element name="foreign_currency_code" type="xs:string"/>
        <xs:element name="foreign_amount" type="xs:decimal"/>
        <xs:element name="foreign_exchange_rate" type="xs:decimal"/>
      </xs:sequence></xs:complexType>
      <xs:complexType name="entity"><xs:sequence>
        <xs:element name="name" type="xs:string"/>
      </xs:sequence></xs:complexType>
      <xs:complexType name="account"><xs:sequence>
        <xs:element name="institution_name" type="xs:string" minOccurs="0"/>
        <xs:element name="account" type="xs:string"/>
        <xs:element name="currency_code" type="xs:string"/>
        <xs:element name="account_name" type="xs:string"/>
        <xs:element name="iban" type="xs:string" minOccurs="0"/>
        <xs:element name="t_entity" type="entity" minOccurs="0"/>
        <xs:element name="signatory" minOccurs="0"><xs:complexType><xs:sequence>
          <xs:element name="t_person"><xs:complexType><xs:sequence>
            <xs:element name="first_name" type="xs:string"/>
            <xs:element name="last_name" type="xs:string"/>
          </xs:sequence></xs:complexType></xs:element>
        </xs:sequence></xs:complexType></xs:element>
      </xs:sequence></xs:complexType>
    </xs:schema>
    """
}
