<?php
/** $customer: 'sub' (your own id of him, a string), and if you like 'name', 'email', 'phone',
 *  'language', 'attributes'. Only ever on your server, for a customer who is signed in. */
function helpdesk_token(array $customer): string
{
    $encode = fn (string $data): string => rtrim(strtr(base64_encode($data), '+/', '-_'), '=');
    $header = $encode(json_encode(['alg' => 'HS256', 'typ' => 'JWT', 'kid' => '{{ kid }}']));
    $claims = $encode(json_encode($customer + ['aud' => '{{ inbox }}', 'exp' => time() + 3600]));
    $signature = hash_hmac('sha256', "$header.$claims", getenv('HELPDESK_SECRET'), true);
    return "$header.$claims." . $encode($signature);
}
