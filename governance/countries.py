"""The member states of the African Union, and what set-up fills in for each.

Sources: the list of member states at au.int; codes by ISO 3166-1 and ISO 4217; time
zones by the IANA database. Symbols are those in use in print. All can be changed.
"""

from __future__ import annotations

from typing import NamedTuple


class Country(NamedTuple):
    code: str
    name: str
    currency: str
    symbol: str
    time_zone: str


# Where no code of ISO 4217 is the country's own, the currency is left to be written.
_TABLE = """
DZ|Algeria|DZD|DA|Africa/Algiers
AO|Angola|AOA|Kz|Africa/Luanda
BJ|Benin|XOF|FCFA|Africa/Porto-Novo
BW|Botswana|BWP|P|Africa/Gaborone
BF|Burkina Faso|XOF|FCFA|Africa/Ouagadougou
BI|Burundi|BIF|FBu|Africa/Bujumbura
CV|Cabo Verde|CVE|Esc|Atlantic/Cape_Verde
CM|Cameroon|XAF|FCFA|Africa/Douala
CF|Central African Republic|XAF|FCFA|Africa/Bangui
TD|Chad|XAF|FCFA|Africa/Ndjamena
KM|Comoros|KMF|CF|Indian/Comoro
CG|Congo|XAF|FCFA|Africa/Brazzaville
CI|Côte d’Ivoire|XOF|FCFA|Africa/Abidjan
CD|Democratic Republic of the Congo|CDF|FC|Africa/Kinshasa
DJ|Djibouti|DJF|Fdj|Africa/Djibouti
EG|Egypt|EGP|E£|Africa/Cairo
GQ|Equatorial Guinea|XAF|FCFA|Africa/Malabo
ER|Eritrea|ERN|Nfk|Africa/Asmara
SZ|Eswatini|SZL|E|Africa/Mbabane
ET|Ethiopia|ETB|Br|Africa/Addis_Ababa
GA|Gabon|XAF|FCFA|Africa/Libreville
GM|Gambia|GMD|D|Africa/Banjul
GH|Ghana|GHS|GH₵|Africa/Accra
GN|Guinea|GNF|FG|Africa/Conakry
GW|Guinea-Bissau|XOF|FCFA|Africa/Bissau
KE|Kenya|KES|KSh|Africa/Nairobi
LS|Lesotho|LSL|M|Africa/Maseru
LR|Liberia|LRD|L$|Africa/Monrovia
LY|Libya|LYD|LD|Africa/Tripoli
MG|Madagascar|MGA|Ar|Indian/Antananarivo
MW|Malawi|MWK|MK|Africa/Blantyre
ML|Mali|XOF|FCFA|Africa/Bamako
MR|Mauritania|MRU|UM|Africa/Nouakchott
MU|Mauritius|MUR|Rs|Indian/Mauritius
MA|Morocco|MAD|DH|Africa/Casablanca
MZ|Mozambique|MZN|MT|Africa/Maputo
NA|Namibia|NAD|N$|Africa/Windhoek
NE|Niger|XOF|FCFA|Africa/Niamey
NG|Nigeria|NGN|₦|Africa/Lagos
RW|Rwanda|RWF|FRw|Africa/Kigali
EH|Sahrawi Arab Democratic Republic|||Africa/El_Aaiun
ST|São Tomé and Príncipe|STN|Db|Africa/Sao_Tome
SN|Senegal|XOF|FCFA|Africa/Dakar
SC|Seychelles|SCR|SR|Indian/Mahe
SL|Sierra Leone|SLE|Le|Africa/Freetown
SO|Somalia|SOS|Sh|Africa/Mogadishu
ZA|South Africa|ZAR|R|Africa/Johannesburg
SS|South Sudan|SSP|SS£|Africa/Juba
SD|Sudan|SDG|SDG|Africa/Khartoum
TZ|Tanzania|TZS|TSh|Africa/Dar_es_Salaam
TG|Togo|XOF|FCFA|Africa/Lome
TN|Tunisia|TND|DT|Africa/Tunis
UG|Uganda|UGX|USh|Africa/Kampala
ZM|Zambia|ZMW|K|Africa/Lusaka
ZW|Zimbabwe|ZWG|ZiG|Africa/Harare
"""

COUNTRIES = [Country(*line.split("|")) for line in _TABLE.strip().splitlines()]
BY_CODE = {country.code: country for country in COUNTRIES}
# Languages that a committee of the country is offered beside English: code and name.
LANGUAGES = {"LS": "st-LS Sesotho"}
